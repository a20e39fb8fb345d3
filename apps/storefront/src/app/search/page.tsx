import { cn, EmptyState, shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { readListState, type Query } from "../../catalogue/listing-address.ts";
import { Popular } from "../../catalogue/popular.tsx";

export const metadata: Metadata = { title: "Search", robots: { index: false } };

export default async function SearchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const state = readListState(await searchParams);
  if (state.search === undefined) return <NothingAsked />;
  return (
    <ListingView
      state={state}
      listing={await readListing(state)}
      title={`“${state.search}”`}
      empty={
        <>
          <EmptyState title={`Nothing found for “${state.search}”`}>
            Try one word instead of several, or a more general one.
          </EmptyState>
          <Popular />
        </>
      }
    />
  );
}

/** Nothing was looked for yet, which is not the same as nothing found. */
function NothingAsked() {
  return (
    <div className={cn(shopMeasure, "grid gap-14 pt-10 md:pt-14")}>
      <div>
        <h1 className="heading text-3xl">What are you looking for?</h1>
        <p className="mt-3 max-w-[60ch] text-ink-soft">Type a thing, a colour or a material in the box at the top.</p>
      </div>
      <Popular />
    </div>
  );
}
