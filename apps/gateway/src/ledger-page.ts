/**
 * Reading the ledger in parts, for those who compare it with their own books. A cursor is a place in the append-only
 * list, so that a reader who goes on from it misses nothing and sees nothing twice, whatever was added meanwhile.
 */
import { z } from "zod";
import type { Ledger, LedgerEntry } from "./ledger.ts";

const PAGE_MAX = 1_000;

export const ledgerQuery = z.object({
  /** Entries recorded at this instant or later. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** `nextCursor` of the page before. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional(),
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
  const { since, after = 0, limit = PAGE_MAX, kind, chargeId } = query;
  const from = since === undefined ? undefined : Date.parse(since);
  const all = ledger.entries();
  const entries: PagedEntry[] = [];
  for (let place = after; place < all.length; place += 1) {
    const entry = all[place];
    if (entry === undefined) break;
    if (from !== undefined && Date.parse(entry.at) < from) continue;
    if (kind !== undefined && entry.kind !== kind) continue;
    if (chargeId !== undefined && (entry.chargeId ?? entry.id) !== chargeId) continue;
    if (entries.length === limit) return { entries, nextCursor: String(place) };
    entries.push(entry.kind === "capture" ? { ...entry, refunded: ledger.refundedOf(entry.id) } : entry);
  }
  return { entries, nextCursor: null };
}
