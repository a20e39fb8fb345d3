/**
 * Counts webhooks by what was done with them, forged ones included, of which nothing else is kept. Counts are gathered
 * in the process and written by one statement at a time, so that a flood of forged ones costs the database next to nothing.
 */
import { join, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { DOOR_OUTCOMES } from "./webhook-source.ts";
import type { DoorOutcome } from "./webhook-source.ts";

export interface WebhookCounter {
  add(outcome: DoorOutcome): void;
  /** Resolves when nothing waits to be written, or could not be. */
  flushed(): Promise<void>;
}

export function createWebhookCounter(db: SqlExecutor): WebhookCounter {
  const waiting = new Map<DoorOutcome, number>();
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting];
      waiting.clear();
      try {
        await write(db, batch);
      } catch {
        // The database is away: they are written together with the next one.
        for (const [outcome, count] of batch) waiting.set(outcome, (waiting.get(outcome) ?? 0) + count);
        break;
      }
    }
    flushing = undefined;
  }

  return {
    add(outcome) {
      waiting.set(outcome, (waiting.get(outcome) ?? 0) + 1);
      flushing ??= flush();
    },
    flushed: async () => flushing,
  };
}

async function write(db: SqlExecutor, counts: readonly (readonly [DoorOutcome, number])[]): Promise<void> {
  const rows = counts.map(([outcome, count]) => sql`(${outcome}, ${count}::bigint, now())`);
  await db.query(sql`
    INSERT INTO payment_webhook_counts (outcome, count, updated_at) VALUES ${join(rows)}
    ON CONFLICT (outcome) DO UPDATE SET count = payment_webhook_counts.count + EXCLUDED.count, updated_at = now()`);
}

/** All that ever came in, by outcome; 0 for what never did. */
export async function readWebhookCounts(db: SqlExecutor): Promise<ReadonlyMap<DoorOutcome, number>> {
  const rows = await db.query<{ outcome: DoorOutcome; count: number }>(
    sql`SELECT outcome, count FROM payment_webhook_counts`,
  );
  const counts = new Map(rows.map(({ outcome, count }) => [outcome, count]));
  return new Map(DOOR_OUTCOMES.map((outcome) => [outcome, counts.get(outcome) ?? 0]));
}
