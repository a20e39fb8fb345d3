/** How long a process that crashed waits for its next start: twice as long each time, and from the start again once it ran well. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
  /** A process that ran this long was healthy; its next crash counts as the first. */
  readonly healthyAfterMs: number;
}

export const DEFAULT_BACKOFF: Backoff = { firstMs: 500, maxMs: 30_000, healthyAfterMs: 60_000 };

/** @param crashes how many crashes in a row came before this one */
export function restartDelayMs(crashes: number, { firstMs, maxMs }: Backoff): number {
  return Math.min(firstMs * 2 ** crashes, maxMs);
}
