/** The page of the ledger, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { place } from "../console/address.ts";
import { stockItemHref } from "../links/events.ts";

export const itemFilters = {
  /** The last entry of the page before. */
  before: place,
};

export const loadItemFilters = createLoader(itemFilters);
const serialize = createSerializer(itemFilters);

export const ledgerHref = (sku: string, before: string | null): string =>
  `${stockItemHref(sku)}${serialize({ before })}`;

export function ledgerInput(sku: string, before: string | null) {
  return { sku, cursor: before ?? undefined, limit: 50 };
}
