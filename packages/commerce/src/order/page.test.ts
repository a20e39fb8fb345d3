import { expect, it } from "vitest";
import { toOrderPage } from "./page.ts";
import type { OrderStep, OrderView } from "./projections/order-view.ts";

const step = (name: OrderStep["name"], status: OrderStep["status"]): OrderStep => ({ name, status, at: null });
const part = (amount: number, completedAt: string | null): OrderView["refunds"][number] => ({
  refundId: `r${amount}`,
  lines: [{ sku: "MUG", quantity: 1 }],
  amount,
  to: "card",
  requestedAt: "2026-01-01T00:00:00.000Z",
  completedAt,
});

function onItsWay(steps: readonly OrderStep[], ...refunds: OrderView["refunds"]) {
  const view: OrderView = {
    orderId: "o",
    version: 1,
    status: "confirmed",
    total: 5_000,
    currency: "USD",
    price: null,
    creditPart: 2_000,
    lines: [],
    steps,
    cancelReason: null,
    attention: [],
    tracking: null,
    refunds,
    placedAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
  };
  return toOrderPage(view).onItsWay;
}

const DONE = "2026-01-02T00:00:00.000Z";
const usd = (amount: number) => ({ amount, currency: "USD" });

it("a part is on its way until the gateway has paid it back", () => {
  expect(onItsWay([step("paid", "done")])).toBeNull();
  expect(onItsWay([step("paid", "done")], part(900, null), part(400, DONE))).toEqual(usd(900));
  expect(onItsWay([step("paid", "done")], part(900, DONE))).toBeNull();
});

it("an order that is over has the rest on its way until that is back, and what was refunded in parts besides", () => {
  for (const end of [step("cancelled", "done"), step("returned", "done")]) {
    expect(onItsWay([step("paid", "done"), end])).toEqual(usd(5_000));
    expect(onItsWay([step("paid", "done"), end], part(900, DONE))).toEqual(usd(4_100));
    expect(onItsWay([step("paid", "undone"), end], part(900, null), part(400, DONE))).toEqual(usd(900));
    expect(onItsWay([step("paid", "undone"), end], part(900, DONE))).toBeNull();
    expect(onItsWay([step("paid", "done"), end], part(5_000, DONE))).toBeNull();
  }
});

it("what was never paid is not paid back, and a cancellation that was only asked for pays nothing back yet", () => {
  for (const paid of ["failed", "skipped", "pending"] as const)
    expect(onItsWay([step("paid", paid), step("cancelled", "done")])).toBeNull();
  expect(onItsWay([step("paid", "done"), step("cancelled", "pending")])).toBeNull();
});
