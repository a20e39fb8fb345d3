import { EmptyState } from "@tillstream/ui";
import type { Metadata } from "next";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { isNarrowed, readListState, type Query } from "../../catalogue/listing-address.ts";
import { NothingLeft } from "../../catalogue/nothing-left.tsx";

export const metadata: Metadata = { title: "Everything" };

export default async function ProductsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const state = { ...readListState(await searchParams), search: undefined };
  return (
    <ListingView
      state={state}
      listing={await readListing(state)}
      title="Everything"
      description="All that is on our shelves."
      empty={
        isNarrowed(state) ? (
          <NothingLeft state={state} />
        ) : (
          <EmptyState title="The shelves are empty">Come back soon.</EmptyState>
        )
      }
    />
  );
}
