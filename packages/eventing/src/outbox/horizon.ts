/**
 * From which id on the relay looks for unpublished rows. While an old transaction idles, Postgres clears nothing away, and a search
 * from the beginning passes by every row that was published since: each batch would cost more than the one before.
 *
 * The horizon is a shortcut, never a cursor: a row that commits late, below it, is found by the next search of the whole, which is
 * made as soon as ten times the last one's duration is over, and within ten seconds; and a batch that would bring a version before its predecessor is not
 * published, but searched for again in the whole. Pure.
 */

/** By the database's clock, in milliseconds. */
export interface Horizon {
  /** Everything up to this id had been published a second ago. */
  readonly floor: number;
  /** When the whole is searched again. */
  readonly wholeAgainAt: number;
  /** The highest id published until `movedAt`, and since. */
  readonly before: number;
  readonly reached: number;
  readonly movedAt: number;
}

/** The whole. */
export const NO_HORIZON: Horizon = { floor: 0, wholeAgainAt: 0, before: 0, reached: 0, movedAt: 0 };

/** Rows of transactions that are shorter are seen at once. */
const LAG_MS = 1_000;
/** At most a tenth of the time is spent on the whole, as long as it takes less than a second. */
const WHOLE_PAUSE = 10;
const WHOLE_PAUSE_MS_MAX = 10_000;

/** What a search has come to. */
export interface Searched {
  readonly at: number;
  readonly tookMs: number;
  readonly wasWhole: boolean;
  /** Of the rows that were published; 0 for none. */
  readonly highestId: number;
}

export function moved(horizon: Horizon, { at, tookMs, wasWhole, highestId }: Searched): Horizon {
  const { floor, before, movedAt } = horizon;
  if (at < movedAt) return NO_HORIZON; // the clock was set back, and `wholeAgainAt` would be far away
  const reached = Math.max(horizon.reached, highestId);
  const wholeAgainAt = wasWhole ? at + Math.min(WHOLE_PAUSE * tookMs, WHOLE_PAUSE_MS_MAX) : horizon.wholeAgainAt;
  if (at - movedAt < LAG_MS) return { floor, before, reached, movedAt, wholeAgainAt };
  return { floor: before, before: reached, reached, movedAt: at, wholeAgainAt };
}
