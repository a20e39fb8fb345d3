import { EmptyState } from "@tillstream/ui";
import type { Metadata } from "next";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { readListState, type Query } from "../../catalogue/listing-address.ts";

export const metadata: Metadata = { title: "Everything" };

export default async function ProductsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { sort, pages } = readListState(await searchParams);
  const state = { sort, pages };
  return (
    <ListingView
      state={state}
      listing={await readListing(state)}
      title="Everything"
      description="All that is on our shelves."
      empty={<EmptyState title="The shelves are empty">Come back soon.</EmptyState>}
    />
  );
}
