/** When an order leaves, in words. */
import type { DispatchDay } from "@tillstream/commerce";
import { dayWords } from "@tillstream/commerce/arrival-words";

const MIDNIGHT = 24;

/** `14` is 2 pm. */
const hourWords = (hour: number): string => `${hour > 12 ? hour - 12 : hour} ${hour < 12 ? "am" : "pm"}`;

/** The clock by which it holds, such as `New York time`. */
const clockWords = (timeZone: string): string => `${timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone} time`;

/** By its date, since the reader's day may be another one: "today" stands only beside the clock that it is meant by. */
export function dispatchWords({ day, inDays, cutOffHour }: DispatchDay, timeZone: string): string {
  return inDays === 0 && cutOffHour !== MIDNIGHT
    ? `Order before ${hourWords(cutOffHour)} ${clockWords(timeZone)} and it leaves us today.`
    : `Order now and it leaves us on ${dayWords(day)}.`;
}

interface Rule {
  readonly cutOffHour: number;
  readonly timeZone: string;
}

/** The rule itself, for the page about delivery. */
export function ruleWords({ cutOffHour, timeZone }: Rule): string {
  const until = cutOffHour === MIDNIGHT ? "" : ` before ${hourWords(cutOffHour)}, ${clockWords(timeZone)},`;
  const rest = cutOffHour === MIDNIGHT ? "on a Saturday or Sunday" : "later, or on a Saturday or Sunday,";
  return `What you order from Monday to Friday${until} leaves us that day. What you order ${rest} leaves on the next working day.`;
}

/** `2026-12-25,2026-12-26` are Friday, December 25 and Saturday, December 26. */
export const closedDayWords = (days: readonly string[]): string => new Intl.ListFormat("en").format(days.map(dayWords));
