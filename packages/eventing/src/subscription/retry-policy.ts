/** How often, and how far apart, an event that failed is tried again before its stream waits for a person. */

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

/** Milliseconds before the next attempt after `failed` attempts, without jitter; undefined when there is none left. */
export function backoffAfter(
  { attempts, backoffMs, factor, backoffMsMax }: EventRetryPolicy,
  failed: number,
): number | undefined {
  if (failed >= attempts) return undefined;
  return Math.min(backoffMs * factor ** (failed - 1), backoffMsMax);
}
