/**
 * Webhooks on their way from the endpoint to their handlers: stored once for each id, taken up by one worker at a
 * time, taken up again when that worker dies. At least once, so what is done about one must be repeatable.
 */
import type { Wait } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { WebhookHint } from "./webhook-source.ts";

/** A worker that took one up and is not done after this long is taken for dead. */
const TAKEN_MS = 60_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MS_MAX = 60_000;
/** About a quarter of an hour; the reconciliation looks at the same charge anyway. */
const ATTEMPTS_MAX = 20;
const KEPT_DAYS = 30;
const PRUNED_MAX = 1_000;

export const WEBHOOK_WAIT: Wait = {
  table: sql`payment_webhooks`,
  column: sql`run_at`,
  among: sql`processed_at IS NULL`,
  longestMs: Math.max(TAKEN_MS, BACKOFF_MS_MAX),
  leftMs: 0,
};

/** A duplicate is counted on the row of the first. The payload kept is what was understood of it: ids, nothing personal. */
export async function storeWebhook(db: SqlExecutor, hint: WebhookHint): Promise<"accepted" | "duplicate"> {
  const { id, type, chargeId = null, orderId = null } = hint;
  const rows = await db.query<{ deliveries: number }>(sql`
    INSERT INTO payment_webhooks (id, type, charge_id, order_id, payload)
    VALUES (${id}, ${type}, ${chargeId}, ${orderId}, ${JSON.stringify(hint)}::jsonb)
    ON CONFLICT (id) DO UPDATE SET deliveries = payment_webhooks.deliveries + 1
    RETURNING deliveries`);
  return rows[0]?.deliveries === 1 ? "accepted" : "duplicate";
}

export interface TakenWebhook {
  readonly id: string;
  readonly type: string;
  readonly chargeId: string | null;
  readonly attempts: number;
}

/** Takes up waiting ones, oldest first. */
export async function takeWebhooks(db: SqlExecutor, limit: number): Promise<TakenWebhook[]> {
  return db.query<TakenWebhook>(sql`
    UPDATE payment_webhooks SET attempts = attempts + 1, run_at = now() + ${TAKEN_MS} * interval '1 ms'
    WHERE id IN (SELECT id FROM payment_webhooks WHERE processed_at IS NULL AND run_at <= now()
                 ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, type, charge_id AS "chargeId", attempts`);
}

export async function finishWebhook(db: SqlExecutor, id: string, outcome: string): Promise<void> {
  await db.query(sql`
    UPDATE payment_webhooks SET processed_at = now(), outcome = ${outcome} WHERE id = ${id} AND processed_at IS NULL`);
}

/** Lets it be taken up again later, or gives up on it: it was a hint only. */
export async function postponeWebhook(db: SqlExecutor, { id, attempts }: TakenWebhook): Promise<void> {
  if (attempts >= ATTEMPTS_MAX) return finishWebhook(db, id, "given_up");
  const waitMs = Math.min(BACKOFF_FIRST_MS * 2 ** (attempts - 1), BACKOFF_MS_MAX);
  await db.query(sql`
    UPDATE payment_webhooks SET run_at = now() + ${waitMs} * interval '1 ms' WHERE id = ${id} AND processed_at IS NULL`);
}

/** Forgets those that were done with long ago: no provider sends one again after so many days. */
export async function pruneWebhooks(db: SqlExecutor): Promise<void> {
  await db.query(sql`
    DELETE FROM payment_webhooks WHERE id IN (
      SELECT id FROM payment_webhooks
      WHERE received_at < now() - ${KEPT_DAYS} * interval '1 day' AND processed_at IS NOT NULL LIMIT ${PRUNED_MAX})`);
}
