/** A list of products in a state: chips, sort, count, grid, and the way to more of it. */
import type { CategorySummary, ProductCard } from "@tillstream/commerce";
import { cn, LinkButton, shopMeasure } from "@tillstream/ui";
import type { ReactNode } from "react";
import { ask } from "../server/shop.ts";
import { CategoryChips } from "./category-chips.tsx";
import { defaultSort, listHref, PAGES_MAX, sortLabels } from "./listing-address.ts";
import type { ListState } from "./listing-address.ts";
import { ProductGrid } from "./product-grid.tsx";
import { SortSelect } from "./sort-select.tsx";

const PAGE_SIZE = 24;
/** The largest page that the catalogue gives at a time. */
const FETCH_MAX = 96;

export interface Listing {
  readonly products: readonly ProductCard[];
  readonly hasMore: boolean;
  /** All that match, shown or not. */
  readonly count: number;
  readonly categories: readonly CategorySummary[];
}

/** As many pages as the state asks for, by keyset: each part goes on after the last product of the one before. */
async function readProducts({ search, category, sort, pages }: ListState) {
  const wanted = pages * PAGE_SIZE;
  const products: ProductCard[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(FETCH_MAX, wanted - products.length);
    const after = cursor;
    const part = await ask((shop) => shop.catalogue.list({ search, category, sort, limit, cursor: after }));
    products.push(...part.items);
    cursor = part.nextCursor ?? undefined;
  } while (cursor !== undefined && products.length < wanted);
  return { products, hasMore: cursor !== undefined && pages < PAGES_MAX };
}

export async function readListing(state: ListState): Promise<Listing> {
  const { search, category } = state;
  const [page, count, categories] = await Promise.all([
    readProducts(state),
    ask((shop) => shop.catalogue.count({ search, category })),
    ask((shop) => shop.catalogue.categories({ search })),
  ]);
  return { ...page, count, categories };
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
  const { products, hasMore, count, categories } = listing;
  const shown = products.length < count ? `${products.length} of ${things(count)}` : things(count);
  return (
    <div className={cn(shopMeasure, "pt-10 md:pt-14")}>
      <h1 className="heading text-3xl break-words">{title}</h1>
      {description && <p className="mt-3 max-w-[60ch] text-ink-soft">{description}</p>}
      <div className="mt-7">
        <CategoryChips state={state} categories={categories} />
      </div>
      <div className="mt-5 mb-7 flex min-h-control flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line pt-5">
        <p role="status" className="text-muted">
          {count === 0 ? "Nothing found" : shown}
        </p>
        {count > 1 && <Sort state={state} />}
      </div>
      {products.length === 0 ? empty : <ProductGrid products={products} label={title} first />}
      {hasMore && <ShowMore state={state} shown={products.length} left={count - products.length} />}
    </div>
  );
}

function Sort({ state }: { state: ListState }) {
  const [action = ""] = listHref({ ...state, pages: 1 }).split("?");
  const kept = {
    ...(state.search === undefined ? {} : { q: state.search }),
    ...(state.search === undefined || state.category === undefined ? {} : { category: state.category }),
  };
  const options = Object.entries(sortLabels(state)).map(([value, label]) => ({ value, label }));
  return <SortSelect action={action} kept={kept} value={state.sort ?? defaultSort(state)} options={options} />;
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
