import { EmptyState } from "@tillstream/ui";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ListingView, readListing } from "../../catalogue/listing.tsx";
import { readListState, type Query } from "../../catalogue/listing-address.ts";
import { Popular } from "../../catalogue/popular.tsx";

export const metadata: Metadata = { title: "Search", robots: { index: false } };

export default async function SearchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const state = readListState(await searchParams);
  if (state.search === undefined) redirect("/products");
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
