import { placeOrder } from "@tillstream/commerce";
import { createFulfilment, orderInput } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { returnSeededOrders } from "./returns.ts";

it("two seeded parcels come back and a line of a third is announced, however often it is asked", async () => {
  await using fulfilment = await createFulfilment();
  const { shop, gateway } = fulfilment;
  for (const idempotencyKey of ["seed-1", "seed-2", "seed-3"])
    await placeOrder(shop.context({ idempotencyKey }), orderInput());
  await shop.settle(gateway);
  await shop.ship(gateway);
  const { signal } = new AbortController();
  for (let start = 0; start < 2; start += 1) {
    await returnSeededOrders(shop.test.appUrl, signal);
    await shop.settle(gateway);
  }
  expect(await shop.database.query(sql`SELECT status FROM shipments ORDER BY status`)).toEqual([
    { status: "created" },
    { status: "returned" },
    { status: "returned" },
  ]);
  expect(await shop.database.query(sql`SELECT status FROM order_returns`)).toEqual([{ status: "requested" }]);
});
