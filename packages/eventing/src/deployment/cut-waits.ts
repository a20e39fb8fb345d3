/** Cuts short the waits that are longer than they can have been meant to be, since the database's clock went back. */
import { join, raw, sql } from "@tillstream/runtime";
import type { Database, Logger, Scheduler, Sql, SqlExecutor } from "@tillstream/runtime";
import { letterWait } from "../dead-letters/hold.ts";
import { RELAY_LEASE_WAIT } from "../outbox/lease.ts";
import { SET_ASIDE_WAIT } from "../outbox/set-aside.ts";
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
  return [RELAY_LEASE_WAIT, SET_ASIDE_WAIT, ...stepWaits(sagas), letterWait(subscriptions)];
}

export interface WaitCuts {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly waits: readonly Wait[];
}

/** Runs until `signal` aborts; several may run at a time. */
export async function runWaitCuts({ db, logger, scheduler, signal, waits }: WaitCuts): Promise<void> {
  while (!signal.aborted) {
    try {
      const cut = await cutWaits(db, waits);
      if (cut > 0)
        logger.warn(
          { waits: cut },
          "the database's clock has gone back: what waited for too late a time was cut short",
        );
    } catch (error) {
      logger.warn({ err: (error as Error).message }, "waits: trying again");
    }
    await scheduler.sleep(LOOK_INTERVAL_MS, signal);
  }
}

/** Returns how many it cut. Rows that somebody works on are left to the next look. */
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
