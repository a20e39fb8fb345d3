import { expect, it } from "vitest";
import { moneyOf, wordsOf } from "./change-words.ts";
import { shapeOf } from "./shapes.ts";

const account = shapeOf("account");
const text = (value: string) => ({ kind: "text", text: value });
const dollars = (amount: number) => ({ kind: "money", amount, currency: "USD" });
const nothing = { kind: "nothing" };

it("a balance is money in the currency of the account, and its place has a name", () => {
  expect(wordsOf([{ path: "/balance", before: 12_000, after: 9_500 }], account, "USD")).toEqual([
    { path: "/balance", name: "balance", before: dollars(12_000), after: dollars(9_500) },
  ]);
});

it("what came as a whole is told value by value, each place by its key", () => {
  const hold = { orderId: "0198", amount: 500, status: "held" };
  expect(wordsOf([{ path: "/holds/h-1", after: hold }], account, "USD")).toEqual([
    { path: "/holds/h-1/orderId", name: "order", of: "h-1", before: nothing, after: text("0198") },
    { path: "/holds/h-1/amount", name: "amount", of: "h-1", before: nothing, after: dollars(500) },
    { path: "/holds/h-1/status", name: "status", of: "h-1", before: nothing, after: text("held") },
  ]);
});

it("what was and is nothing is no change that anybody reads", () => {
  expect(
    wordsOf(
      [
        { path: "/label", before: null, after: { carrier: "Post", weight: null } },
        { path: "/returnReason", after: null },
      ],
      shapeOf("shipment"),
      undefined,
    ),
  ).toEqual([{ path: "/label/carrier", name: "carrier", before: nothing, after: text("Post") }]);
});

it("instants are times, other figures are written with separators, and unnamed places are called as they are", () => {
  const changes = [
    { path: "/lastSeen", before: "2026-01-31T10:00:00Z", after: "soon" },
    { path: "/a~1b", before: 1, after: 1_234_567 },
    { path: "/balance", before: true, after: 5 },
  ];
  expect(wordsOf(changes, undefined, "USD").map(({ name, before, after }) => [name, before, after])).toEqual([
    ["last seen", { kind: "instant", at: "2026-01-31T10:00:00Z" }, text("soon")],
    ["a/b", text("1"), text("1,234,567")],
    ["balance", text("true"), text("5")],
  ]);
});

it("a state's amounts are those of its places that are money, in its currency", () => {
  const state = { balance: 9_500, currency: "USD", version: 3, holds: { "h-1": { amount: 500, status: "held" } } };
  expect(moneyOf(state, account)).toEqual([
    ["/balance", { amount: 9_500, currency: "USD" }],
    ["/holds/h-1/amount", { amount: 500, currency: "USD" }],
  ]);
  expect(moneyOf({ balance: 9_500, currency: "" }, account)).toEqual([]);
  expect(moneyOf(null, undefined)).toEqual([]);
});
