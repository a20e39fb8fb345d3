/** Orders for the pictures, made by shoppers over HTTP as any other: some dozens, and one in each state that a page shows. */
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import { createShopClient } from "../performance/traffic/shop-client.ts";
import { createShoppers, placeOrders } from "../performance/traffic/shoppers.ts";
import { settled } from "../operations/verify/index.ts";
import type { System } from "../testing/system.ts";
import type { Orders } from "./pages.ts";

const SETTLE_MS = 120_000;
const BUYERS = { count: 40, concurrency: 4, declineShare: 0.15, seed: 3 };

export async function makeOrders(system: System): Promise<Orders> {
  await using stack = new AsyncDisposableStack();
  const pool = createPool({ url: system.databaseUrl, max: 2, applicationName: "screenshots" });
  stack.defer(() => pool.end());
  const db = poolDatabase(pool);
  const client = createShopClient(system.urls.storefront);
  const skus = await client.skus();
  await placeOrders({ client, skus, ...BUYERS });
  const shopper = createShoppers({ client, skus, declineShare: 0, seed: 4 });
  const place = (index: number, token: string) =>
    client.placeOrder({ ...shopper(index), payment: { method: "card", token } }, `picture-${index}`);
  const orders = {
    confirmed: await place(1, "tok_visa"),
    shipped: await place(2, "tok_visa"),
    cancelled: await place(3, "tok_chargeDeclined"),
  };
  await settled(db, SETTLE_MS);
  await db.query(sql`UPDATE shipments SET due_at = now() WHERE order_id = ${orders.shipped.orderId}`);
  await settled(db, SETTLE_MS);
  for (const [status, order] of Object.entries(orders)) {
    const actual = await client.status(order);
    if (actual !== status) throw new Error(`the order that should be ${status} is ${actual}`);
  }
  return orders;
}
