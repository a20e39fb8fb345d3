/** The search and the page, as in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";
import { searchOf } from "../console/search-of.ts";

const CURSOR_LENGTH_MAX = 500;

export const catalogueFilters = {
  /** Words of a product, or how a sku begins. */
  search: parseAsString,
  /** The last product of the page before. */
  after: parseAsString,
};

export const loadCatalogueFilters = createLoader(catalogueFilters);
const serialize = createSerializer(catalogueFilters);

export interface CatalogueFilters {
  readonly search: string | null;
  readonly after: string | null;
}

export const catalogueHref = (filters: Partial<CatalogueFilters>): string => `/catalogue${serialize(filters)}`;
export const productHref = (slug: string): string => `/catalogue/${encodeURIComponent(slug)}`;

export function listInput({ search, after }: CatalogueFilters) {
  const cursor = after === null || after.length > CURSOR_LENGTH_MAX ? undefined : after;
  return { search: searchOf(search), cursor, limit: 50 };
}

export const catalogueAbout = "Products with their prices and what is left of them, as the shop shows them now.";
export const catalogueColumns = ["Product", "Category", "Price", "Variants", "Available", "Last edit"] as const;
