/**
 * A few of the seeded orders come back, so that there are returns to look at. Only what was shipped can, so this waits for
 * the worker to have shipped them and then sends the merchant's own command, under keys that make it happen once.
 */
import { setTimeout as delay } from "node:timers/promises";
import { receiveReturn } from "@tillstream/commerce";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { commandContext } from "@tillstream/trpc";
import { withServices } from "./services.ts";

const REASONS = ["The colour is not what it looked like.", "Arrived with a chip in the rim."] as const;
const POLL_MS = 1_000;
const POLLS_MAX = 300;

/** The first seeded orders that have left, in the order in which they were placed; also those that are back already. */
async function shippedOrders(db: SqlExecutor): Promise<string[]> {
  const rows = await db.query<{ orderId: string }>(sql`
    SELECT order_id AS "orderId" FROM shipments
      JOIN idempotency_keys seeded ON seeded.response ->> 'orderId' = order_id AND seeded.key LIKE 'seed-%'
    WHERE seeded.scope = 'checkout.placeOrder' AND shipments.status IN ('created', 'returned')
    ORDER BY seeded.created_at LIMIT ${REASONS.length}`);
  return rows.map(({ orderId }) => orderId);
}

/** Resolves when they are back, or when there was nothing to wait for; rejects when `signal` aborts. */
export async function returnSeededOrders(url: string, signal: AbortSignal): Promise<void> {
  await withServices(url, async (services) => {
    for (let poll = 0; poll < POLLS_MAX; poll += 1) {
      const orders = await shippedOrders(services.db);
      if (orders.length === REASONS.length) {
        for (const [index, orderId] of orders.entries()) {
          const ids = { correlationId: services.ids.next(), idempotencyKey: `seed-return-${index}` };
          const context = commandContext({ ...services, ...ids, user: null });
          await receiveReturn(context, { orderId, reason: REASONS[index] ?? "" });
        }
        return;
      }
      await delay(POLL_MS, undefined, { signal });
    }
  });
}
