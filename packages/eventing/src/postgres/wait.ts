/**
 * Time by the database's clock, which may go back: it is corrected, or a standby on another machine takes over. All that
 * was written before then lies ahead by as much, so that a dead worker's lease would hold, and a retry not come, for an
 * hour. The proof is in the row: it lies further ahead than its writer can have meant.
 */
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

/**
 * Further ahead than meant by this much, and the clock has gone back; a smaller step is waited for. It also allows for a
 * reader whose `now()` is older than the writer's, and for a release beside this one whose waits are a little longer.
 */
export const CLOCK_STEP_MS = 20_000;

/** A column that says until when something waits. */
export interface Wait {
  readonly table: Sql;
  readonly column: Sql;
  /** Which rows wait, in the words of the index that finds them. */
  readonly among: Sql;
  /** From the moment of writing; jitter included. */
  readonly longestMs: number;
  /** What is left once it is cut short: for a lease its whole length, since its owner may be alive and renew it; else 0. */
  readonly leftMs: number;
}

/** Whether `column` lies within the last `ms`. What lies ahead was before the clock went back, no telling how long. */
export function isWithin(column: Sql, ms: number): Sql {
  return sql`(${column} > now() - ${ms} * interval '1 ms' AND ${column} <= now() + ${CLOCK_STEP_MS} * interval '1 ms')`;
}
