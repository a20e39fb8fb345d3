/**
 * Reading the ledger in parts, for those who compare it with their own books. A cursor is a place in the append-only
 * table, so that a reader who goes on from it misses nothing and sees nothing twice, whatever was added meanwhile.
 */
import { z } from "zod";
import type { LedgerEntry } from "./ledger-record.ts";
import type { Ledger } from "./ledger.ts";

const PAGE_MAX = 1_000;

const digits = z
  .string()
  .regex(/^\d{1,15}$/, "must be a whole number")
  .transform(Number);

export const ledgerQuery = z.object({
  /** Entries recorded at this instant or later. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** `nextCursor` of the page before. */
  after: digits.pipe(z.int().min(0)).optional(),
  limit: digits.pipe(z.int().min(1).max(PAGE_MAX)).optional(),
  kind: z.enum(["capture", "refund"]).optional(),
  /** The capture with this id, and its refunds. */
  chargeId: z.string().min(1).max(255).optional(),
});
export type LedgerQuery = z.infer<typeof ledgerQuery>;

/** A capture says how much of it was given back. */
export type PagedEntry = LedgerEntry & { readonly refunded?: number };

export interface LedgerPage {
  readonly entries: readonly PagedEntry[];
  /** Null at the end, as it is now. */
  readonly nextCursor: string | null;
}

/** Undefined when nothing in particular was asked for: then the whole ledger is meant, as it always was. */
export function pageOf(ledger: Pick<Ledger, "entries" | "refundedOf">, query: LedgerQuery): LedgerPage | undefined {
  if (Object.values(query).every((value) => value === undefined)) return undefined;
  const { since, limit = PAGE_MAX, ...filter } = query;
  const found = ledger.entries({ ...filter, since: since === undefined ? since : new Date(since), limit: limit + 1 });
  const page = found.slice(0, limit);
  const entries = page.map(({ entry }) =>
    entry.kind === "capture" ? { ...entry, refunded: ledger.refundedOf(entry.id) } : entry,
  );
  const last = page.at(-1);
  return { entries, nextCursor: last && found.length > limit ? String(last.place) : null };
}
