import { cn, shopMeasure } from "@tillstream/ui";
import type { Metadata } from "next";
import { Popular } from "../../catalogue/popular.tsx";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { readListState } from "../../catalogue/listing-address.ts";
import type { Query } from "../../catalogue/listing-address.ts";

interface SearchPageProps {
  searchParams: Promise<Query>;
}

export async function generateMetadata({ searchParams }: SearchPageProps): Promise<Metadata> {
  const { search } = readListState(await searchParams);
  return { title: search === undefined ? "Search" : `Search: ${search}`, robots: { index: false } };
}

export default async function SearchPage({ searchParams }: SearchPageProps) {
  const state = readListState(await searchParams);
  if (state.search === undefined) return <NothingTyped />;
  return (
    <ListingView
      state={state}
      listing={await readListing(state)}
      title={`“${state.search}”`}
      empty={
        <>
          <p className="max-w-[56ch] pb-16 text-lg text-ink-soft">
            Nothing here goes by that name. Try fewer or other words: a thing (“mug”), a stuff (“linen”) or a place
            (“garden”).
          </p>
          <Popular />
        </>
      }
    />
  );
}

function NothingTyped() {
  return (
    <div className={cn(shopMeasure, "pt-10 md:pt-14")}>
      <h1 className="heading text-3xl">Search</h1>
      <p className="mt-3 mb-14 max-w-[56ch] text-ink-soft">Type what you are looking for into the box at the top.</p>
      <Popular />
    </div>
  );
}
