import { expect, test } from "vitest";
import { heldUp } from "./dead-letter-state.ts";

test("what failures hold up is counted by what it is", () => {
  expect(heldUp({ streams: { order: 2, shipment: 1 } })).toBe("2 orders, 1 shipment");
  expect(heldUp({ streams: { order: 1_200 } })).toBe("1,200 orders");
});
