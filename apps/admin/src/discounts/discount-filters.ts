/** The page of the list, as in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";

export const discountFilters = {
  /** The last code of the page before. */
  after: parseAsString,
};

export const loadDiscountFilters = createLoader(discountFilters);
const serialize = createSerializer(discountFilters);

export interface DiscountFilters {
  readonly after: string | null;
}

export const discountsHref = (filters: DiscountFilters): string => `/discounts${serialize(filters)}`;

const CURSOR = /^[\dT:.Z-]{20,30}~[A-Z\d-]{1,40}$/;

export function listInput({ after }: DiscountFilters) {
  return { cursor: after !== null && CURSOR.test(after) ? after : undefined, limit: 50 };
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
