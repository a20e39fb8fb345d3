/** The heartbeat as it is drawn and said. */
import { secondsText } from "../console/subscription-state.ts";
import type { Outputs } from "../console/trpc.ts";

type Heartbeat = Outputs["analytics"]["heartbeat"];

/** A minute in percent of the height of the strip: what was placed and completed goes up, what was cancelled down. */
export interface Bar {
  readonly at: string;
  readonly placed: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly words: string;
}

export function barsOf(minutes: Heartbeat["minutes"]): Bar[] {
  const highest = Math.max(1, ...minutes.flatMap(({ placed, completed, cancelled }) => [placed, completed, cancelled]));
  const height = (count: number) => (count / highest) * 100;
  return minutes.map(({ at, placed, completed, cancelled }) => ({
    at,
    placed: height(placed),
    completed: height(completed),
    cancelled: height(cancelled),
    words: `${placed} placed, ${completed} completed, ${cancelled} cancelled`,
  }));
}

/** All of the span together. */
export function totalsOf(minutes: Heartbeat["minutes"]) {
  const sum = (of: "placed" | "completed" | "cancelled") => minutes.reduce((all, minute) => all + minute[of], 0);
  return { placed: sum("placed"), completed: sum("completed"), cancelled: sum("cancelled") };
}

/** "4 s ago", "3 min 20 s ago": it changes once a second. */
export const agoText = (seconds: number): string =>
  seconds < 60 ? `${Math.floor(seconds)} s ago` : `${secondsText(seconds)} ago`;

/** A clock of the browser that is behind reads 0. */
export const secondsAgo = (at: string, nowMs: number): number => Math.max(0, (nowMs - Date.parse(at)) / 1_000);
