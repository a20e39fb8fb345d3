/** A list of products in a state: facets, filters in force, sort, count, grid, and the way to more of it. */
import type { Facets, ProductCard } from "@tillstream/commerce";
import { cn, LinkButton, shopMeasure } from "@tillstream/ui";
import type { ReactNode } from "react";
import { ask } from "../server/shop.ts";
import { activeFilters, ActiveFilters } from "./active-filters.tsx";
import { FacetButton, FacetPanel } from "./facet-panel.tsx";
import { formOf, listHref, PAGES_MAX, sortLabels } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";
import { ProductGrid } from "./product-grid.tsx";
import { SortSelect } from "./sort-select.tsx";

const PAGE_SIZE = 24;
/** The largest page that the catalogue gives at a time. */
const FETCH_MAX = 96;

const fetchPart = (
  { categories, colours, materials, pages, mistyped, ...state }: ListState,
  limit: number,
  cursor?: string,
) =>
  ask((shop) =>
    shop.catalogue.list({
      ...state,
      category: [...categories],
      colour: [...colours],
      material: [...materials],
      limit,
      cursor,
      facets: cursor === undefined,
    }),
  );

export interface Listing {
  readonly products: readonly ProductCard[];
  readonly hasMore: boolean;
  readonly facets: Facets;
  readonly search: Awaited<ReturnType<typeof fetchPart>>["search"];
}

/** As many pages as the state asks for, by keyset: each part goes on after the last product of the one before. */
export async function readListing(state: ListState): Promise<Listing> {
  const wanted = state.pages * PAGE_SIZE;
  const { items, facets, search, nextCursor } = await fetchPart(state, Math.min(FETCH_MAX, wanted));
  if (facets === null) throw new Error("the list has no facets");
  const products = [...items];
  let cursor = nextCursor ?? undefined;
  while (cursor !== undefined && products.length < wanted) {
    const part = await fetchPart(state, Math.min(FETCH_MAX, wanted - products.length), cursor);
    products.push(...part.items);
    cursor = part.nextCursor ?? undefined;
  }
  return { products, hasMore: cursor !== undefined && state.pages < PAGES_MAX, facets, search };
}

const things = (count: number) => (count === 1 ? "1 thing" : `${count} things`);

interface ListingViewProps {
  state: ListState;
  listing: Listing;
  title: string;
  description?: ReactNode;
  /** In place of the grid when nothing matches. */
  empty: ReactNode;
}

export function ListingView({ state, listing, title, description, empty }: ListingViewProps) {
  const { products, hasMore, facets } = listing;
  const { count } = facets;
  const shown = products.length < count ? `${products.length} of ${things(count)}` : things(count);
  const chips = activeFilters(state, facets);
  const canNarrow = count > 0 || chips.length > 0;
  return (
    <div className={cn(shopMeasure, "pt-10 md:pt-14")}>
      <h1 className="heading text-3xl break-words">{title}</h1>
      {description && <div className="mt-3 max-w-[60ch] text-ink-soft">{description}</div>}
      <div
        className={
          canNarrow
            ? "mt-5 mb-7 flex min-h-control flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line pt-5"
            : "sr-only" // what is shown instead says it to the eye
        }
      >
        <p role="status" className="text-muted">
          {count === 0 ? "Nothing found" : shown}
        </p>
        <div className="flex flex-wrap items-center gap-3">
          {canNarrow && <FacetButton chosen={chips.length} />}
          {count > 1 && <Sort state={state} />}
        </div>
      </div>
      <div className={cn(canNarrow && "lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-10")}>
        {canNarrow && <FacetPanel state={state} facets={facets} chosen={chips.length} />}
        <div className="min-w-0">
          <ActiveFilters state={state} chips={chips} />
          {products.length === 0 ? empty : <ProductGrid products={products} label={title} first />}
          {hasMore && <ShowMore state={state} shown={products.length} left={count - products.length} />}
        </div>
      </div>
    </div>
  );
}

function Sort({ state }: { state: ListState }) {
  const { action, kept } = formOf(state);
  const { sort: _, ...others } = kept;
  const options = Object.entries(sortLabels(state)).map(([value, label]) => ({ value, label }));
  return <SortSelect action={action} kept={others} value={state.sort} options={options} />;
}

/** A real link: without scripts it opens the longer list at its first new product. */
function ShowMore({ state, shown, left }: { state: ListState; shown: number; left: number }) {
  const href = `${listHref({ ...state, pages: state.pages + 1 })}#item-${shown + 1}`;
  return (
    <p className="mt-14 text-center">
      <LinkButton href={href} size="lg">
        Show more <span className="figures text-muted">{left} left</span>
      </LinkButton>
    </p>
  );
}
