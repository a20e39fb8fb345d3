/** The search and the page, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { place, search } from "../console/address.ts";

export const catalogueFilters = {
  /** Words of a product, or how a sku begins. */
  search,
  /** The last product of the page before. */
  after: place,
};

export const loadCatalogueFilters = createLoader(catalogueFilters);
const serialize = createSerializer(catalogueFilters);

export interface CatalogueFilters {
  readonly search: string | null;
  readonly after: string | null;
}

export const catalogueHref = (filters: Partial<CatalogueFilters>): string => `/catalogue${serialize(filters)}`;
export const productHref = (slug: string): string => `/catalogue/${encodeURIComponent(slug)}`;

export function listInput({ search: typed, after }: CatalogueFilters) {
  return { search: typed ?? undefined, cursor: after ?? undefined, limit: 50 };
}

export const catalogueAbout = "Products with their prices and what is left of them, as the shop shows them now.";
export const catalogueColumns = ["Product", "Category", "Price", "Variants", "Available", "Last edit"] as const;
