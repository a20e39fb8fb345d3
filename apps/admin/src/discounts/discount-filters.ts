/** The page of the list, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { place } from "../console/address.ts";

export const discountFilters = {
  /** The last code of the page before. */
  after: place,
};

export const loadDiscountFilters = createLoader(discountFilters);
const serialize = createSerializer(discountFilters);

export interface DiscountFilters {
  readonly after: string | null;
}

export const discountsHref = (filters: DiscountFilters): string => `/discounts${serialize(filters)}`;

export function listInput({ after }: DiscountFilters) {
  return { cursor: after ?? undefined, limit: 50 };
}

export const discountsAbout =
  "Codes that take something off an order. What a code takes off never changes; when it ends may.";
export const discountColumns = [
  "Code",
  "Takes off",
  "From goods of",
  "Used",
  "Each customer",
  "Starts",
  "Ends",
  "State",
  "",
] as const;
