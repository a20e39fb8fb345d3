/** What a listing reads from its address. */
import type { Sort } from "@tillstream/commerce";

export interface ListingParams {
  readonly sort?: string | undefined;
  readonly cursor?: string | undefined;
}

export const SORT_LABELS = {
  featured: "Our choice",
  relevance: "Best match",
  "price-asc": "Price, low to high",
  "price-desc": "Price, high to low",
  name: "Name",
} as const satisfies Record<Sort, string>;

/** Undefined for anything that is not a sort of ours: an old link then opens in the usual order. */
export function sortOf(text: string | undefined): Sort | undefined {
  return text !== undefined && Object.hasOwn(SORT_LABELS, text) ? (text as Sort) : undefined;
}

export function listingHref(path: string, search?: string, sort?: Sort, cursor?: string): string {
  const query = new URLSearchParams();
  if (search !== undefined) query.set("q", search);
  if (sort !== undefined) query.set("sort", sort);
  if (cursor !== undefined) query.set("cursor", cursor);
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
