/** A live list that never jumps: rows change in place, but new ones wait until the person asks for them. */
import { useState } from "react";
import type { TimeOrder } from "./time-order.ts";

export interface HeldRows<Row> {
  readonly rows: readonly Row[];
  /** How many are newer than what is shown. */
  readonly waiting: number;
  show(): void;
}

/**
 * Splits the newest page of a list at the newest row that was shown. When everything is newer than that, there is
 * nothing left to keep in place and all of it is shown.
 */
export function splitRows<Row>(rows: readonly Row[], rankOf: (row: Row) => number, shownUpTo: number | undefined) {
  if (shownUpTo === undefined) return { rows, waiting: 0 };
  const known = rows.filter((row) => rankOf(row) <= shownUpTo);
  return known.length === 0 ? { rows, waiting: 0 } : { rows: known, waiting: rows.length - known.length };
}

/**
 * `rankOf` grows with newness; from the oldest row on, new ones come last and nothing waits. `view` names what is listed (filters and page): another view starts afresh. `rows` is
 * undefined while they are loading.
 */
export function useHeldRows<Row>(
  rows: readonly Row[] | undefined,
  rankOf: (row: Row) => number,
  view: string,
  sort: TimeOrder = "newest",
): HeldRows<Row> {
  const [held, setHeld] = useState<{ view: string; upTo: number } | undefined>(undefined);
  const newest = rows === undefined || rows.length === 0 ? undefined : Math.max(...rows.map(rankOf));
  const current = held?.view === view ? held : undefined;
  const split = splitRows(rows ?? [], rankOf, current?.upTo);
  // Set while rendering, as React recommends for state that follows from what came in.
  const lostPlace = current !== undefined && newest !== undefined && split.waiting === 0 && newest > current.upTo;
  if (newest !== undefined && (current === undefined || lostPlace)) setHeld({ view, upTo: newest });
  if (sort === "oldest") return { rows: rows ?? [], waiting: 0, show: () => undefined };
  return { ...split, show: () => newest !== undefined && setHeld({ view, upTo: newest }) };
}
