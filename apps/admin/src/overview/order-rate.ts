/** Spans of time for the order figures, and their counts put in place. All times are ms since 1970. */
export const MINUTES_SHOWN = 60;
const MINUTE_MS = 60_000;

/** The start of the minute that lies `minutesAgo` before the one that is running. */
export function minuteStart(nowMs: number, minutesAgo: number): number {
  return Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - minutesAgo * MINUTE_MS;
}

/** The last midnight in the viewer's zone. */
export function midnight(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}

/** One count for each minute from `fromMs` on, quiet minutes as 0, the running minute last. */
export function lastMinutes(buckets: readonly { at: string; count: number }[], fromMs: number): number[] {
  const counts = new Map(buckets.map(({ at, count }) => [Math.floor(Date.parse(at) / MINUTE_MS), count]));
  return Array.from({ length: MINUTES_SHOWN }, (_, minute) => counts.get(fromMs / MINUTE_MS + minute) ?? 0);
}
