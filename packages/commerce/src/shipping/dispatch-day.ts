/**
 * The day on which an order leaves at the latest: what is ordered before the hour of the cut-off on a working day leaves that
 * day, anything else on the next working day. By the shop's clock and calendar, whatever the customer's say.
 */
import type { DispatchRule } from "../settings.ts";

export interface DispatchDay {
  /** As `2026-12-01`, in the shop's zone. */
  readonly day: string;
  /** In days from today: 0 for today, 1 for tomorrow. */
  readonly inDays: number;
  /** Until which hour of the shop's clock this holds; of another day than today there is time anyway. */
  readonly cutOffHour: number;
}

const DAY_MS = 86_400_000;
/** So many closed days in a row are a mistake in the settings. */
const DAYS_MAX = 60;
const WEEKEND: ReadonlySet<number> = new Set([0, 6]);

/** @param now when it is ordered */
export function dispatchDay(now: Date, { cutOffHour, timeZone, closedDays, delayMs }: DispatchRule): DispatchDay {
  const ready = local(now.getTime() + delayMs, timeZone);
  const today = local(now.getTime(), timeZone).midnight;
  const closed = new Set(closedDays);
  let day = ready.hour < cutOffHour ? ready.midnight : ready.midnight + DAY_MS;
  for (let skipped = 0; skipped < DAYS_MAX && isClosed(day, closed); skipped += 1) day += DAY_MS;
  return { day: isoDay(day), inDays: Math.round((day - today) / DAY_MS), cutOffHour };
}

/** The day that is so many working days after another. Both as `2026-12-01`. */
export function workingDaysAfter(day: string, count: number, { closedDays }: Pick<DispatchRule, "closedDays">): string {
  const closed = new Set(closedDays);
  let [at, left] = [Date.parse(day), count];
  for (let passed = 0; passed < DAYS_MAX && left > 0; passed += 1) {
    at += DAY_MS;
    if (!isClosed(at, closed)) left -= 1;
  }
  return isoDay(at);
}

const isoDay = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10);

const isClosed = (midnight: number, closed: ReadonlySet<string>): boolean =>
  WEEKEND.has(new Date(midnight).getUTCDay()) || closed.has(isoDay(midnight));

/** The local date, as if it were one of UTC so that days can be counted, and the local hour. */
function local(at: number, timeZone: string): { readonly midnight: number; readonly hour: number } {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return { midnight: Date.UTC(part["year"] ?? 0, (part["month"] ?? 1) - 1, part["day"]), hour: part["hour"] ?? 0 };
}
