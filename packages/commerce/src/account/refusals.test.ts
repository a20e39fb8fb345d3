import { expect, it } from "vitest";
import { atMost } from "../catalogue/index.ts";
import { insufficient, noRoom, outOfRange } from "./refusals.ts";

it("an account is refused with amounts as people read them, in its own currency", () => {
  expect(insufficient(1_250, "USD").message).toBe("Only $12.50 is available.");
  expect(insufficient(1_250, "JPY").message).toBe("Only ¥1,250 is available.");
  expect(noRoom(10_000_000, "USD").message).toBe("An account holds at most $100,000.00.");
  expect(outOfRange(1_000_000, "USD")).toMatchObject({
    message: "Enter an amount from $0.01 to $10,000.00.",
    fields: [{ field: "amount.amount", rule: "1..1000000" }],
  });
});

it("a bound on an amount that was sent is money too", () => {
  expect(atMost(2_000_000)).toBe("at most $20,000.00");
});
