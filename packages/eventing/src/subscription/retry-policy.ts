/** How often, and how far apart, a failed event is retried before its stream waits for an operator. */

/** How often, and after which waits, an event is tried again before it is parked. */
export interface EventRetryPolicy {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  /** The wait before the second attempt; each further wait is `factor` times as long. */
  readonly backoffMs: number;
  readonly factor: number;
  readonly backoffMsMax: number;
}

/** 0.2 s, 0.8 s, 3.2 s, 12.8 s, 51 s: an outside service may be away for a minute before anything is parked. */
export const EVENT_RETRY_DEFAULT: EventRetryPolicy = { attempts: 6, backoffMs: 200, factor: 4, backoffMsMax: 60_000 };

/** Waits are spread by up to this share, so that many that failed together do not come back together. */
export const JITTER_SHARE = 0.25;

/** Milliseconds before the next attempt after `failed` attempts, without jitter; undefined when no attempt is left. */
export function backoffAfter(
  { attempts, backoffMs, factor, backoffMsMax }: EventRetryPolicy,
  failed: number,
): number | undefined {
  if (failed >= attempts) return undefined;
  return Math.min(backoffMs * factor ** (failed - 1), backoffMsMax);
}
