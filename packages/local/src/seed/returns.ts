/**
 * A few of the seeded orders come back, so that there are returns to look at. Only what was shipped can, so this waits for
 * the worker to have shipped them and then sends the merchant's own command, under keys that make it happen once.
 */
import { setTimeout as delay } from "node:timers/promises";
import { receiveReturn, requestReturn } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { commandContext } from "@tillstream/trpc";
import type { Services } from "@tillstream/trpc";
import { withServices } from "./services.ts";

const REASONS = ["The colour is not what it looked like.", "Arrived with a chip in the rim."] as const;
/** Beside them, one of which a line is announced to come back. */
const ANNOUNCED = 1;
const POLL_MS = 1_000;
const POLLS_MAX = 300;

/** The first seeded orders that have left, in the order in which they were placed; also those that are back already. */
async function shippedOrders(db: SqlExecutor): Promise<string[]> {
  const rows = await db.query<{ orderId: string }>(sql`
    SELECT order_id AS "orderId" FROM shipments
      JOIN idempotency_keys seeded ON seeded.response ->> 'orderId' = order_id AND seeded.key LIKE 'seed-%'
    WHERE seeded.scope = 'checkout.placeOrder' AND shipments.status IN ('created', 'returned')
    ORDER BY seeded.created_at LIMIT ${REASONS.length + ANNOUNCED}`);
  return rows.map(({ orderId }) => orderId);
}

/** Resolves when they are back, or when there was nothing to wait for; rejects when `signal` aborts. */
export async function returnSeededOrders(url: string, signal: AbortSignal): Promise<void> {
  await withServices(url, async (services) => {
    for (let poll = 0; poll < POLLS_MAX; poll += 1) {
      const orders = await shippedOrders(services.db);
      if (orders.length === REASONS.length + ANNOUNCED) {
        for (const [index, orderId] of orders.slice(0, REASONS.length).entries()) {
          const ids = { correlationId: services.ids.next(), idempotencyKey: `seed-return-${index}` };
          const context = commandContext({ ...services, ...ids, user: null });
          await receiveReturn(context, { orderId, reason: REASONS[index] ?? "" });
        }
        for (const orderId of orders.slice(REASONS.length)) await announceFirstLine(services, orderId);
        return;
      }
      await delay(POLL_MS, undefined, { signal });
    }
  });
}

async function announceFirstLine(services: Services, orderId: string): Promise<void> {
  const [line] = await services.db.query<{ sku: string; to: "card" | "credit" }>(sql`
    SELECT sku, CASE payment_method WHEN 'card' THEN 'card' ELSE 'credit' END AS "to"
    FROM order_lines JOIN orders ON orders.id = order_id
    WHERE order_id = ${orderId} AND NOT EXISTS (SELECT FROM order_returns WHERE order_returns.order_id = orders.id)
    ORDER BY ordinal LIMIT 1`);
  if (line === undefined) return; // announced before
  const ids = { correlationId: services.ids.next(), idempotencyKey: "seed-announced-return" };
  const context = commandContext({ ...services, ...ids, user: null });
  await requestReturn(context, {
    orderId,
    lines: [{ sku: line.sku, quantity: 1, reason: "DOES_NOT_FIT" }],
    to: line.to,
  });
}
