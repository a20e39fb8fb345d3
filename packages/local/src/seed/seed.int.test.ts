import { placeOrderInput } from "@tillstream/commerce";
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createShoppers } from "../performance/traffic/shoppers.ts";
import type { ShopClient } from "../performance/traffic/shop-client.ts";
import { seed } from "./index.ts";

const { email, shippingAddress } = placeOrderInput.shape;

it("every order that is seeded goes where the shop would send one, to somebody whom it could write to", async () => {
  await using test = await createTestDatabase();
  await seed({ url: test.url, log: () => undefined });
  const orders = await test.database.query<{ email: string; shippingAddress: unknown }>(
    sql`SELECT DISTINCT email, shipping_address AS "shippingAddress" FROM orders`,
  );
  expect(orders.length).toBeGreaterThan(3);
  for (const order of orders) {
    expect(email.parse(order.email)).toBe(order.email);
    expect(shippingAddress.parse(order.shippingAddress)).toEqual(order.shippingAddress);
  }
});

it("made-up shoppers order what the shop takes", () => {
  const client = {} as ShopClient; // they are made without a call
  const shopper = createShoppers({ client, skus: ["MUG"], declineShare: 0.5, seed: 1 });
  for (let index = 0; index < 20; index += 1) expect(placeOrderInput.parse(shopper(index))).toEqual(shopper(index));
});
