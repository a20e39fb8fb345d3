/** Two hundred buyers at once for the last items, against the real gateway process. */
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createSimulatedGateway } from "../payment/index.ts";
import { createTestShop, orderInput, SKUS, startGatewayProcess } from "../testing/index.ts";
import { placeOrder } from "./place-order.ts";

const BUYERS = 200;
const STOCK = 7;

it("of 200 buyers at once exactly as many get it as there is stock, and nobody else is charged in the end", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  await shop.database.query(sql`UPDATE stock SET available = ${STOCK} WHERE sku = ${SKUS.rare}`);
  const input = orderInput({ lines: [{ sku: SKUS.rare, quantity: 1 }] });
  await Promise.all(Array.from({ length: BUYERS }, () => placeOrder(shop.context(), input)));
  await shop.settle(createSimulatedGateway(gateway.url));

  const orders = await shop.database.query<{ id: string; status: string; payment: string; reason: string | null }>(sql`
    SELECT id, status, payment_status AS payment, cancel_reason AS reason FROM orders`);
  const confirmed = orders.filter(({ status }) => status === "confirmed");
  const refused = orders.filter(({ status }) => status === "cancelled");
  expect([confirmed.length, refused.length]).toEqual([STOCK, BUYERS - STOCK]);
  expect(new Set(refused.map(({ payment, reason }) => `${payment} ${reason}`))).toEqual(
    new Set(["refunded OUT_OF_STOCK"]),
  );

  const standing = new Map<string, number>();
  for (const { kind, orderId, amount } of await gateway.entries())
    standing.set(orderId, (standing.get(orderId) ?? 0) + (kind === "capture" ? amount : -amount));
  expect(standing.size).toBe(BUYERS);
  for (const { id } of confirmed) expect(standing.get(id)).toBe(500);
  for (const { id } of refused) expect(standing.get(id)).toBe(0);

  const [stock] = await shop.database.query<{ available: number; moved: number }>(sql`
    SELECT available, (SELECT sum(quantity)::int FROM stock_movements WHERE sku = ${SKUS.rare} AND order_id IS NOT NULL) AS moved
    FROM stock WHERE sku = ${SKUS.rare}`);
  expect(stock).toEqual({ available: 0, moved: -STOCK });
}, 120_000);
