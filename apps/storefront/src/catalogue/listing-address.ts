/** The state of a list lives in its address: search, what it is narrowed to, sort, and how many pages of it are shown. */
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
const VALUES_MAX = 20;
/** The address has prices as people write them. */
const MINOR_UNITS = 100;
const PRICE_MAX = 10_000_000;

type PriceField = "from" | "to";

/** Both texts, and what is wrong with which. */
export type Mistyped = Readonly<
  Record<PriceField, string> & { problems: Readonly<Partial<Record<PriceField, string | undefined>>> }
>;

export interface ListState {
  readonly search?: string | undefined;
  readonly categories: readonly string[];
  readonly colours: readonly string[];
  readonly materials: readonly string[];
  /** Minor units, both ends included. */
  readonly priceMin?: number | undefined;
  readonly priceMax?: number | undefined;
  /** What was typed for prices where one of them is none, or both are turned round. It narrows nothing, and no address keeps it. */
  readonly mistyped?: Mistyped | undefined;
  readonly inStock: boolean;
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

/** Several values are separated by commas, which no slug has. */
function slugs(value: string | undefined): readonly string[] {
  const named = (value ?? "").split(",").filter((slug) => SLUG.test(slug));
  return [...new Set(named)].slice(0, VALUES_MAX);
}

/** "$20", "20,50", "1 000" and "1,000" are prices, in minor units; undefined for no text; what is none is said. */
function readPrice(typed: string): { readonly amount?: number; readonly problem?: string } {
  if (typed === "") return {};
  const plain = typed.replace(/^\$\s*/, "").replaceAll(/(?<=\d)[\s,](?=\d{3}(?!\d))/g, "");
  const [, whole, cents = ""] = /^(\d{1,7})(?:[.,](\d*))?$/.exec(plain) ?? [];
  if (whole === undefined) return { problem: `“${typed}” is not a price. Enter one such as 25 or 49.50` };
  if (cents.length > 2)
    return { problem: `“${typed}” has more than two digits after the point. Enter one such as 49.50` };
  return { amount: Math.min(PRICE_MAX, Number(whole) * MINOR_UNITS + Number(cents.padEnd(2, "0"))) };
}

/** Both or neither of what was typed: with one that is wrong, none narrows. */
function readPrices(query: Query): Pick<ListState, "priceMin" | "priceMax" | "mistyped"> {
  const typed = { from: first(query["from"])?.trim() ?? "", to: first(query["to"])?.trim() ?? "" };
  const [from, to] = [readPrice(typed.from), readPrice(typed.to)];
  const isTurned = from.amount !== undefined && to.amount !== undefined && from.amount > to.amount;
  const problems = { from: isTurned ? "The lower price is above the upper one" : from.problem, to: to.problem };
  return problems.from === undefined && problems.to === undefined
    ? { priceMin: from.amount, priceMax: to.amount, mistyped: undefined }
    : { priceMin: undefined, priceMax: undefined, mistyped: { ...typed, problems } };
}

/** As the catalogue takes it: whole characters, no control characters. */
const searchOf = (value: string | undefined): string | undefined =>
  value
    ?.replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, SEARCH_LENGTH_MAX)
    .toWellFormed() || undefined;

/** Reads an address; what makes no sense in it is left out rather than refused. A price that is none is told at its field. */
export function readListState(query: Query, fixed: Partial<Pick<ListState, "categories">> = {}): ListState {
  const search = searchOf(first(query["q"]));
  const wanted = first(query["sort"]) as ListSort | undefined; // checked by the lookup below
  const sort = wanted !== undefined && Object.hasOwn(sortLabels({ search }), wanted) ? wanted : defaultSort({ search });
  const pages = first(query["pages"]) ?? "";
  return {
    search,
    categories: fixed.categories ?? slugs(first(query["category"])),
    colours: slugs(first(query["colour"])),
    materials: slugs(first(query["material"])),
    ...readPrices(query),
    inStock: first(query["stock"]) === "in",
    sort,
    pages: /^\d{1,9}$/.test(pages) ? Math.min(PAGES_MAX, Math.max(1, Number(pages))) : 1,
  };
}

/** A price as the address and its fields have it. */
export const inMajorUnits = (amount: number): string => String(amount / MINOR_UNITS);

/** The list of one category, which has a page of its own. */
const isCategoryPage = ({ search, categories }: ListState): boolean => search === undefined && categories.length === 1;

/** The address of a list in a state. */
export function listHref(state: ListState): string {
  const { search, categories, colours, materials, priceMin, priceMax, inStock, sort, pages } = state;
  const query = new URLSearchParams();
  if (search !== undefined) query.set("q", search);
  if (categories.length > 0 && !isCategoryPage(state)) query.set("category", categories.join(","));
  if (colours.length > 0) query.set("colour", colours.join(","));
  if (materials.length > 0) query.set("material", materials.join(","));
  if (priceMin !== undefined) query.set("from", inMajorUnits(priceMin));
  if (priceMax !== undefined) query.set("to", inMajorUnits(priceMax));
  if (inStock) query.set("stock", "in");
  if (sort !== defaultSort({ search })) query.set("sort", sort);
  if (pages > 1) query.set("pages", String(pages));
  const path = search !== undefined ? "/search" : isCategoryPage(state) ? `/c/${categories[0]}` : "/products";
  return query.size === 0 ? path : `${path}?${query.toString().replaceAll("%2C", ",")}`;
}

/** Its path, and what else of its address a form keeps. */
export function formOf(state: ListState): { readonly action: string; readonly kept: Readonly<Record<string, string>> } {
  const [action = "", query] = listHref({ ...state, pages: 1 }).split("?");
  return { action, kept: Object.fromEntries(new URLSearchParams(query)) };
}

const toggled = (values: readonly string[], value: string): readonly string[] =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value];

/** The same list with one value more, or less. */
export const toggle = (state: ListState, kind: "categories" | "colours" | "materials", value: string): ListState => ({
  ...state,
  [kind]: toggled(state[kind], value),
  pages: 1,
});

/** The same list with nothing left out of it. */
export const cleared = (state: ListState): ListState => ({
  search: state.search,
  categories: isCategoryPage(state) ? state.categories : [],
  colours: [],
  materials: [],
  inStock: false,
  sort: state.sort,
  pages: 1,
});

export const isNarrowed = (state: ListState): boolean => listHref({ ...state, pages: 1 }) !== listHref(cleared(state));

/** The state that a link to a list leads to. */
export function stateBehind(href: string): ListState {
  const { pathname, searchParams } = new URL(href, "http://shop");
  const category = /^\/c\/([a-z0-9-]+)$/.exec(pathname)?.[1];
  return readListState(Object.fromEntries(searchParams), category === undefined ? {} : { categories: [category] });
}

/** What a link on a list in the state `from` changes on the way to `to`, done to `onto`: a choice that is made before the one before it has landed. */
export function alsoChosen(onto: ListState, from: ListState, to: ListState): ListState {
  const values = (kind: "categories" | "colours" | "materials") => [
    ...onto[kind].filter((value) => to[kind].includes(value) || !from[kind].includes(value)),
    ...to[kind].filter((value) => !from[kind].includes(value) && !onto[kind].includes(value)),
  ];
  const isSamePrice = from.priceMin === to.priceMin && from.priceMax === to.priceMax;
  const { priceMin, priceMax } = isSamePrice ? onto : to;
  return {
    search: to.search,
    categories: values("categories"),
    colours: values("colours"),
    materials: values("materials"),
    priceMin,
    priceMax,
    inStock: from.inStock === to.inStock ? onto.inStock : to.inStock,
    sort: from.sort === to.sort ? onto.sort : to.sort,
    pages: 1,
  };
}
