/** Waiting for the system to finish what it has in hand, so that what is verified is an end and not a moment. */
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

const POLL_MS = 250;

export interface Unfinished {
  readonly orders: number;
  readonly outbox: number;
  /** Subscriptions that run and have not read to the end. */
  readonly subscriptions: number;
  /** Events that failed and will be tried again by themselves. */
  readonly retries: number;
  /** About to leave: the verification would see them midway. */
  readonly shipments: number;
}

/** Longer than it takes from here to the snapshot that is verified. */
const ABOUT_TO_LEAVE_MS = 3_000;

async function unfinished(db: SqlExecutor): Promise<Unfinished> {
  const rows = await db.query<Unfinished>(sql`
    WITH checkpoint AS (
      SELECT position, status FROM projection_checkpoints UNION ALL SELECT position, status FROM consumer_checkpoints
    )
    SELECT (SELECT count(*)::int FROM orders WHERE status = 'pending' OR fulfilment = 'cancelling' AND status = 'confirmed') AS orders,
           (SELECT count(*)::int FROM outbox_events WHERE NOT published) AS outbox,
           (SELECT count(*)::int FROM checkpoint, event_log_head head
            WHERE checkpoint.status = 'running' AND checkpoint.position < head.position) AS subscriptions,
           (SELECT count(*)::int FROM dead_letters WHERE status = 'retrying') AS retries,
           (SELECT count(*)::int FROM shipments due JOIN orders o ON o.id = due.order_id
            WHERE due.status = 'scheduled' AND due.due_at < now() + ${ABOUT_TO_LEAVE_MS} * interval '1 ms'
              AND o.status = 'confirmed' AND o.fulfilment = 'none' AND o.attention_codes = '{}') AS shipments`);
  return rows[0] ?? { orders: 0, outbox: 0, subscriptions: 0, shipments: 0, retries: 0 };
}

/** Polls until nothing is left to do, or until the time is over; then returns what is left. */
export async function settled(
  db: SqlExecutor,
  waitMs: number,
  onWaiting: (left: Unfinished) => void = () => undefined,
): Promise<Unfinished | undefined> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const left = await unfinished(db);
    if (left.orders + left.outbox + left.subscriptions + left.retries + left.shipments === 0) return undefined;
    if (Date.now() >= deadline) return left;
    onWaiting(left);
    await delay(POLL_MS);
  }
}
