/** The search, whether only what runs out is shown, and the page, as in the address. */
import { createLoader, createSerializer, parseAsBoolean, parseAsString } from "nuqs/server";
import { searchOf } from "../console/search-of.ts";

const SKU_LENGTH_MAX = 64;
/** As the shop says "only a few left". */
export const LOW_MAX = 5;

export const stockFilters = {
  /** Words of the product, or how the SKU begins. */
  search: parseAsString,
  low: parseAsBoolean.withDefault(false),
  /** The last item of the page before. */
  after: parseAsString,
};

export const loadStockFilters = createLoader(stockFilters);
const serialize = createSerializer(stockFilters);

export interface StockFilters {
  readonly search: string | null;
  readonly low: boolean;
  readonly after: string | null;
}

export const stockHref = (filters: Partial<StockFilters>): string => `/stock${serialize(filters)}`;

export function listInput({ search, low, after }: StockFilters) {
  const cursor = after === null || after === "" || after.length > SKU_LENGTH_MAX ? undefined : after;
  return { search: searchOf(search), availableMax: low ? LOW_MAX : undefined, cursor, limit: 50 };
}

export const stockColumns = ["Item", "SKU", "Available", "Reserved", "On hand", "Last change"] as const;
