import { expect, test } from "vitest";
import { heldUp, lettersText, openLetters } from "./dead-letter-state.ts";

test("what failures hold up is counted by what it is", () => {
  expect(heldUp({ streams: { order: 2, shipment: 1 } })).toBe("2 orders, 1 shipment");
  expect(heldUp({ streams: { order: 1_200 } })).toBe("1,200 orders");
});

test("what is parked, retried by itself or waiting is open, and said one by one", () => {
  const counts = { parked: 29, retrying: 1, waiting: 18 };
  expect(openLetters(counts)).toBe(48);
  expect(lettersText(counts)).toBe("29 parked, 1 retrying, 18 waiting");
  expect(lettersText({ parked: 0, retrying: 2, waiting: 0 })).toBe("2 retrying");
});
