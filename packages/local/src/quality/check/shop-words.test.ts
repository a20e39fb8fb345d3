import { expect, it } from "vitest";
import { checkShopWords } from "./shop-words.ts";

const findingsFor = (text: string, path = "packages/eventing/src/relay/relay.ts") => checkShopWords([{ path, text }]);

it.each([
  "const orderId = 1;",
  "const orderIds = [];",
  "defineEvent('OrderCreated');",
  "type Row = { order_id: string };",
  "const stream = `order-1`;",
  'const type = "order";',
  "placeOrder();",
  "SELECT * FROM orders",
  "interface Cart {}",
  "const checkoutSaga = 1;",
  "runPayment();",
  "const stockLevel = 1;",
  "const productName = 'x';",
  "const sku = 1;",
  "const customers = [];",
  "class CustomerKey {}",
  "invoice_id",
  "ShipmentCreated",
])("the kernel may not say %s", (line) => {
  expect(findingsFor(`\n${line}`)).toMatchObject([{ rule: "shop-words", line: 2 }]);
});

it.each([
  "ORDER BY position",
  "const sortOrder = 1;",
  "publishInOrder(events);",
  'throw new Error("events out of order");',
  "orderBy(column); const ordered = true; const globalOrder = 1;",
  "const production = true; const stockpile = 1; reproduction();",
  "/* such as an order */ const one = 1; // a customer",
])("the kernel may say %s", (line) => {
  expect(findingsFor(line)).toEqual([]);
});

it("nor may the runtime under it", () => {
  expect(findingsFor("const paymentSettings = {};", "packages/runtime/src/env.ts")).toMatchObject([{ line: 1 }]);
});

it("the shop may say all of it", () => {
  expect(findingsFor("const orderId = cart.sku;", "packages/commerce/src/order/order.ts")).toEqual([]);
});
