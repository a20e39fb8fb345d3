/** The page of the ledger, as in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";
import { stockItemHref } from "../links/events.ts";

export const itemFilters = {
  /** The last entry of the page before. */
  before: parseAsString,
};

export const loadItemFilters = createLoader(itemFilters);
const serialize = createSerializer(itemFilters);

export const ledgerHref = (sku: string, before: string | null): string =>
  `${stockItemHref(sku)}${serialize({ before })}`;

export function ledgerInput(sku: string, before: string | null) {
  const cursor = before !== null && /^\d{1,15}$/.test(before) ? before : undefined;
  return { sku, cursor, limit: 50 };
}
