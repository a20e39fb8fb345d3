/** The search, whether only what runs out is shown, and the page, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { onOrOff, otherwise, place, search } from "../console/address.ts";

/** As the shop says "only a few left". */
export const LOW_MAX = 5;

export const stockFilters = {
  /** Words of the product, or how the SKU begins. */
  search,
  low: otherwise(onOrOff, false),
  /** The last item of the page before. */
  after: place,
};

export const loadStockFilters = createLoader(stockFilters);
const serialize = createSerializer(stockFilters);

export interface StockFilters {
  readonly search: string | null;
  readonly low: boolean;
  readonly after: string | null;
}

export const stockHref = (filters: Partial<StockFilters>): string => `/stock${serialize(filters)}`;

export function listInput({ search: typed, low, after }: StockFilters) {
  return {
    search: typed ?? undefined,
    availableMax: low ? LOW_MAX : undefined,
    cursor: after ?? undefined,
    limit: 50,
  };
}

export const stockColumns = ["Item", "SKU", "Available", "Reserved", "On hand", "Last change"] as const;
