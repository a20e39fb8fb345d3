import fc from "fast-check";
import { expect, it } from "vitest";
import { AttentionResolved, CancellationRequested, OrderCreated, orderEvents } from "./events.ts";

const line = fc.record({
  sku: fc.string(),
  name: fc.string(),
  image: fc.string(),
  quantity: fc.integer({ min: 1, max: 999 }),
  unitPrice: fc.nat(),
});
const v1 = fc.record({ orderId: fc.string(), total: fc.nat(), lines: fc.array(line, { maxLength: 3 }) });

it("an order of the first version reads as one in US dollars", () => {
  expect(OrderCreated.upcast({ orderId: "1", total: 500 }, 1)).toEqual({
    orderId: "1",
    total: 500,
    currency: "USD",
    lines: [],
    price: null,
    creditPart: 0,
  });
  fc.assert(
    fc.property(v1, (data) => {
      expect(OrderCreated.upcast(data, 1)).toEqual({ ...data, currency: "USD", price: null, creditPart: 0 });
    }),
  );
});

it("an order of the second version cost what its goods cost, in its own currency", () => {
  const v2 = { orderId: "1", total: 500, currency: "EUR", lines: [] };
  expect(OrderCreated.upcast(v2, 2)).toEqual({ ...v2, price: null, creditPart: 0 });
});

it("what is written is of the third version, and keeps what its total is made of and what pays it", () => {
  const price = {
    goods: 1_000,
    discount: { code: "SPRING", amount: 100 },
    delivery: { method: "express", amount: 1_200 },
    tax: { country: "DE", basisPoints: 1_900, amount: 335, included: true },
  } as const;
  const data = { orderId: "1", total: 2_100, currency: "EUR", lines: [], price, creditPart: 500 };
  expect(OrderCreated.create(data)).toEqual({ type: "OrderCreated", schemaVersion: 3, data });
  expect(OrderCreated.upcast(data, 3)).toEqual(data);
});

it("a cancellation of the first version was asked for by the customer", () => {
  const asked = CancellationRequested.upcast({ orderId: "1" }, 1);
  expect(asked).toEqual({ orderId: "1", by: "customer", reason: "The customer cancelled the order before it left." });
});

it("a question resolved in the first version left none behind it", () => {
  const v1 = { orderId: "1", code: "LEDGER", note: "seen" };
  expect(AttentionResolved.upcast(v1, 1)).toEqual({ ...v1, remaining: [] });
});

it.each([
  ["a total that is not a whole number", { total: 1.5 }],
  ["a negative total", { total: -1 }],
  ["a currency of two letters", { currency: "US" }],
  ["a line of nothing", { lines: [{ sku: "a", name: "a", image: "", quantity: 0, unitPrice: 1 }] }],
])("an order with %s is not an event", (_, change) => {
  const data = { orderId: "1", total: 500, currency: "USD", lines: [], price: null, creditPart: 0, ...change };
  expect(() => OrderCreated.create(data)).toThrow("OrderCreated v3");
  expect(() => OrderCreated.upcast(data, 3)).toThrow("OrderCreated v3");
});

it("no event of an order has a place for an address or a name", () => {
  const personal = /email|address|name|phone|customer/i;
  const fields = orderEvents.flatMap(({ schemas }) =>
    schemas.flatMap((schema) => Object.keys((schema as unknown as { shape: object }).shape)),
  );
  expect(fields).toContain("orderId");
  expect(fields.filter((field) => personal.test(field))).toEqual([]);
});
