import type { Metadata } from "next";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { readListState } from "../../catalogue/listing-address.ts";
import type { Query } from "../../catalogue/listing-address.ts";

export const metadata: Metadata = { title: "Everything", description: "All that Fernhill makes and sells." };

export default async function ProductsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { sort, pages } = readListState(await searchParams);
  const state = { sort: sort === "relevance" ? "featured" : sort, pages } as const;
  const listing = await readListing(state);
  return (
    <ListingView
      state={state}
      listing={listing}
      title="Everything"
      description="All that we make and sell, from the kitchen table to the end of the garden."
      empty={<p className="text-ink-soft">The shelves are empty at the moment. Look in again soon.</p>}
    />
  );
}
