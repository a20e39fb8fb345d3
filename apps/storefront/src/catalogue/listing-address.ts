/** The state of a list lives in its address: search, category, sort, and how many pages of it are shown. */
export const SORT_LABELS = {
  featured: "Featured",
  "price-asc": "Price, low to high",
  "price-desc": "Price, high to low",
  name: "Name",
} as const;
const SEARCH_SORT_LABELS = { relevance: "Best match", ...SORT_LABELS } as const;

export type ListSort = keyof typeof SEARCH_SORT_LABELS;

/** Customers do not page further than this; a filter or a search helps more. */
export const PAGES_MAX = 20;
const SEARCH_LENGTH_MAX = 200;
const SLUG = /^[a-z0-9-]{1,120}$/;

export interface ListState {
  readonly search?: string | undefined;
  readonly category?: string | undefined;
  readonly sort: ListSort;
  readonly pages: number;
}

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : value?.[0];

export function sortLabels(state: Pick<ListState, "search">): Partial<Record<ListSort, string>> {
  return state.search === undefined ? SORT_LABELS : SEARCH_SORT_LABELS;
}

export function defaultSort(state: Pick<ListState, "search">): ListSort {
  return state.search === undefined ? "featured" : "relevance";
}

/** Reads an address; what makes no sense in it is left out rather than refused. */
export function readListState(query: Query, fixed: Pick<ListState, "category"> = {}): ListState {
  const search = first(query["q"])?.trim().slice(0, SEARCH_LENGTH_MAX) || undefined;
  const asked = first(query["category"]);
  const category = fixed.category ?? (asked !== undefined && SLUG.test(asked) ? asked : undefined);
  const wanted = first(query["sort"]) as ListSort | undefined; // checked by the lookup below
  const sort = wanted !== undefined && Object.hasOwn(sortLabels({ search }), wanted) ? wanted : defaultSort({ search });
  const pages = Number(first(query["pages"]) ?? 1);
  return { search, category, sort, pages: Number.isInteger(pages) ? Math.min(PAGES_MAX, Math.max(1, pages)) : 1 };
}

/** The address of a list in a state. A category alone has a page of its own. */
export function listHref({ search, category, sort, pages }: ListState): string {
  const query = new URLSearchParams();
  if (search !== undefined) query.set("q", search);
  if (search !== undefined && category !== undefined) query.set("category", category);
  if (sort !== defaultSort({ search })) query.set("sort", sort);
  if (pages > 1) query.set("pages", String(pages));
  const path = search !== undefined ? "/search" : category === undefined ? "/products" : `/c/${category}`;
  return query.size === 0 ? path : `${path}?${query}`;
}
