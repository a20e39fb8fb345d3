/** The page of the list, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { place } from "../console/address.ts";

export const returnFilters = {
  /** The page shows what came back before. */
  before: place,
};

export const loadReturnFilters = createLoader(returnFilters);
const serialize = createSerializer(returnFilters);

export interface ReturnFilters {
  readonly before: string | null;
}

export const returnsHref = (filters: ReturnFilters): string => `/returns${serialize(filters)}`;

export function listInput({ before }: ReturnFilters) {
  return { cursor: before ?? undefined, limit: 50 };
}

export const returnColumns = ["Order", "Why it came back", "Paid back", "Received by", "When"] as const;
