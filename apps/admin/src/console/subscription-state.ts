/** What state a projection or consumer is in, in one word, and which ones come first. */
import type { Status } from "@tillstream/ui";
import type { Outputs } from "./trpc.ts";

export type Subscription = Outputs["projections"]["list"][number];
export type Trend = Outputs["projections"]["trends"][number];
export type Rebuild = Outputs["projections"]["rebuilds"][number];

/** The lag above which a projection is late. */
export const LAG_LIMIT_SECONDS = 5;
/** A worker looks at least every second; this long without is a worker that is gone. */
export const HEARTBEAT_LIMIT_SECONDS = 15;

export interface State {
  readonly status: Status;
  readonly word: string;
}

/** What a state is told by. */
export type Progress = Pick<
  Subscription,
  "status" | "heartbeatAgeSeconds" | "lagSeconds" | "openLetters" | "eventsBehind"
>;

export function stateOf({ status, heartbeatAgeSeconds, lagSeconds, openLetters, eventsBehind }: Progress): State {
  if (status !== "running") return { status: "parked", word: status };
  if (heartbeatAgeSeconds > HEARTBEAT_LIMIT_SECONDS) return { status: "failed", word: "no heartbeat" };
  if (lagSeconds > LAG_LIMIT_SECONDS) return { status: "failed", word: "late" };
  if (openLetters > 0) return { status: "waiting", word: "has dead letters" };
  if (eventsBehind > 0) return { status: "running", word: "catching up" };
  return { status: "done", word: "caught up" };
}

const order: readonly Status[] = ["failed", "parked", "waiting"];

/**
 * Worst first. By state and not by the lag itself, which changes with every look: rows move only when one of them
 * gets into trouble or out of it.
 */
export function worstFirst(subscriptions: readonly Subscription[]): Subscription[] {
  const rank = (subscription: Subscription) =>
    (order.indexOf(stateOf(subscription).status) + order.length + 1) % (order.length + 1);
  return subscriptions.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Seconds as a person compares them: "0 s", "0.4 s", "12 s", "3 min 5 s". */
export function secondsText(seconds: number): string {
  if (seconds < 0.05) return "0 s";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`;
}

/** "0", "0.4", "1,204": events a second. */
export function rateText(eventsPerSecond: number | null | undefined): string {
  if (eventsPerSecond === null || eventsPerSecond === undefined) return "unknown";
  return eventsPerSecond.toLocaleString("en-US", { maximumFractionDigits: eventsPerSecond < 10 ? 1 : 0 });
}

/** When it will have caught up, in words where no figure is known. */
export function etaText(trend: Trend | undefined, eventsBehind: number): string {
  if (eventsBehind === 0) return "0 s";
  if (trend === undefined || trend.eventsPerSecond === null) return "unknown";
  if (trend.etaSeconds === null) return "never";
  // The trend counts published events only. Those that wait for the relay follow at the present rate, if there is one.
  if (trend.etaSeconds === 0 && trend.eventsPerSecond === 0) return "unknown";
  const seconds = trend.etaSeconds === 0 ? eventsBehind / trend.eventsPerSecond : trend.etaSeconds;
  return seconds < 1 ? "under 1 s" : secondsText(seconds);
}

/** Seconds a running rebuild still needs at its present rate; null before it has read anything, and when it has read all. */
export function rebuildLeftSeconds({ position, startedAgainst, eventsPerSecond, merging }: Rebuild): number | null {
  if (merging || eventsPerSecond === null || eventsPerSecond <= 0) return null;
  return Math.max(0, startedAgainst - position) / eventsPerSecond;
}
