/** The worker's loop over stored webhooks: each makes us look at its charge, whatever it says. */
import type { Logger, Loop } from "@tillstream/runtime";
import { AT_ONCE, sql } from "@tillstream/runtime";
import { finishWebhook, postponeWebhook, takeWebhooks } from "../payment/index.ts";
import type { TakenWebhook } from "../payment/index.ts";
import { settleCharge } from "./settle-charge.ts";
import type { Reconciler } from "./settle-charge.ts";

const POLL_MS = 1_000;
const BATCH_MAX = 20;

export interface WebhookProcessing extends Reconciler {
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Several may run at a time. */
export const webhookProcessing = (books: Omit<Reconciler, "db">): Loop => ({
  name: "payment webhooks",
  intervalMs: POLL_MS,
  due: sql`EXISTS (SELECT FROM payment_webhooks WHERE processed_at IS NULL AND run_at <= now())`,
  turn: async (ports) => ((await processWebhooks({ ...ports, ...books })) === BATCH_MAX ? AT_ONCE : POLL_MS),
});

/** Takes up what waits and acts on it; returns how many. */
export async function processWebhooks(options: WebhookProcessing): Promise<number> {
  const webhooks = await takeWebhooks(options.db, BATCH_MAX);
  await Promise.all(webhooks.map((webhook) => act(options, webhook)));
  return webhooks.length;
}

async function act(options: WebhookProcessing, webhook: TakenWebhook): Promise<void> {
  const { db, logger, signal } = options;
  try {
    const { chargeId } = webhook;
    const outcome =
      chargeId === null
        ? "not_about_a_charge"
        : await settleCharge(options, chargeId, await orderOf(options, chargeId), signal);
    // One that comes too early is over, too: the reconciliation looks at the charge when its run has ended.
    await finishWebhook(db, webhook.id, outcome);
  } catch (error) {
    logger.info({ webhook: webhook.id, err: (error as Error).message }, "payment webhook: taken up again later");
    await postponeWebhook(db, webhook);
  }
}

/** Our own order with this charge, if there is one: what the webhook says about orders is not believed. */
async function orderOf({ db }: Reconciler, chargeId: string): Promise<string> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT order_id AS id FROM gateway_captures WHERE charge_id = ${chargeId}
    UNION ALL SELECT id FROM orders WHERE charge_id = ${chargeId} LIMIT 1`);
  return rows[0]?.id ?? "";
}
