import { cn, shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { isNarrowed, readListState, type Query } from "../../catalogue/listing-address.ts";
import { NothingLeft } from "../../catalogue/nothing-left.tsx";
import { Popular } from "../../catalogue/popular.tsx";
import { NothingFound, Reading } from "../../catalogue/reading.tsx";

interface SearchPageProps {
  readonly searchParams: Promise<Query>;
}

export async function generateMetadata({ searchParams }: SearchPageProps): Promise<Metadata> {
  const { search } = readListState(await searchParams);
  return { title: search === undefined ? "Search" : `Search for “${search}”`, robots: { index: false } };
}

export default async function SearchPage({ searchParams }: SearchPageProps) {
  const state = readListState(await searchParams);
  const { search } = state;
  if (search === undefined) return <NothingAsked />;
  const listing = await readListing(state);
  return (
    <ListingView
      state={state}
      listing={listing}
      title={`“${search}”`}
      description={listing.products.length > 0 && <Reading typed={search} understood={listing.search} />}
      empty={
        isNarrowed(state) ? <NothingLeft state={state} /> : <NothingFound typed={search} understood={listing.search} />
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
