/** Cuts short the waits that are longer than they can have been meant to be, since the database's clock went back. */
import { join, raw, sql } from "@tillstream/runtime";
import type { Loop, Sql, SqlExecutor } from "@tillstream/runtime";
import { deadLetterWait } from "../dead-letters/block.ts";
import { RELAY_LEASE_WAIT } from "../outbox/lease.ts";
import { QUARANTINE_WAIT } from "../outbox/quarantine.ts";
import type { Saga } from "../saga/definition.ts";
import { stepWaits } from "../saga/state.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { CLOCK_STEP_MS } from "../postgres/wait.ts";
import type { Wait } from "../postgres/wait.ts";

const LOOK_INTERVAL_MS = 5_000;
/** Of each wait, at one look. */
const ROWS_MAX = 1_000;

/** Those of the kernel. */
export function kernelWaits(sagas: readonly Saga[], subscriptions: readonly Subscription[]): readonly Wait[] {
  return [RELAY_LEASE_WAIT, QUARANTINE_WAIT, ...stepWaits(sagas), deadLetterWait(subscriptions)];
}

/** Cuts `waits` short; several may run at a time. */
export const waitCuts = (waits: readonly Wait[]): Loop => ({
  name: "waits",
  intervalMs: LOOK_INTERVAL_MS,
  async turn({ db, logger }) {
    const cut = await cutWaits(db, waits);
    if (cut === 0) return;
    logger.warn({ waits: cut }, "the database's clock has gone back: what waited for too late a time was cut short");
  },
});

/** Returns how many it cut. Locked rows are left to the next turn. */
export async function cutWaits(db: SqlExecutor, waits: readonly Wait[]): Promise<number> {
  const rows = await db.query<{ cut: number }>(cutStatement(waits));
  return rows[0]?.cut ?? 0;
}

/** One statement for all. */
export function cutStatement(waits: readonly Wait[]): Sql {
  const cuts = waits.map(
    ({ table, column, among, longestMs, leftMs }, index) => sql`
    ${raw(`cut_${index}`)} AS (
      UPDATE ${table} SET ${column} = now() + ${leftMs} * interval '1 ms'
      WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} WHERE ${among} AND ${column} > now() + ${longestMs + CLOCK_STEP_MS} * interval '1 ms'
        LIMIT ${ROWS_MAX} FOR NO KEY UPDATE SKIP LOCKED))
      RETURNING 1
    )`,
  );
  const counts = waits.map((_, index) => sql`(SELECT count(*) FROM ${raw(`cut_${index}`)})`);
  return sql`WITH ${join(cuts)} SELECT (${join(counts, " + ")})::int AS cut`;
}
