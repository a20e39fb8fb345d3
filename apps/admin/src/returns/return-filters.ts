/** The page of the list, as in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";

export const returnFilters = {
  /** A position: the page shows what came back before. */
  before: parseAsString,
};

export const loadReturnFilters = createLoader(returnFilters);
const serialize = createSerializer(returnFilters);

export interface ReturnFilters {
  readonly before: string | null;
}

export const returnsHref = (filters: ReturnFilters): string => `/returns${serialize(filters)}`;

export function listInput({ before }: ReturnFilters) {
  return { cursor: before !== null && /^\d{1,15}$/.test(before) ? before : undefined, limit: 50 };
}

export const returnColumns = ["Order", "Why it came back", "Paid back", "Received by", "When"] as const;
