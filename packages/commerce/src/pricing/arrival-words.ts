/** The days on which an order is expected, in words: in the shop and in its mails alike. It has no dependency. */
import type { Arrival } from "./arrival.ts";

/** `2026-12-01` is Tuesday, December 1. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "long", month: "long", day: "numeric" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

export const arrivalWords = ({ from, to }: Arrival): string =>
  from === to ? `Arrives ${dayWords(from)}` : `Arrives between ${dayWords(from)} and ${dayWords(to)}`;
