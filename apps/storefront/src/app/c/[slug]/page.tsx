import { EmptyState } from "@tillstream/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ListingView, readListing } from "../../../catalogue/listing.tsx";
import { isNarrowed, readListState, type Query } from "../../../catalogue/listing-address.ts";
import { NothingLeft } from "../../../catalogue/nothing-left.tsx";
import { ask } from "../../../server/shop.ts";

interface Props {
  readonly params: Promise<{ slug: string }>;
  readonly searchParams: Promise<Query>;
}

const categoryOf = cache(async (slug: string) => {
  const categories = await ask((shop) => shop.catalogue.categories());
  return categories.find((category) => category.slug === slug) ?? notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, summary } = await categoryOf((await params).slug);
  return { title: name, description: summary };
}

export default async function CategoryPage({ params, searchParams }: Props) {
  const { slug, name, summary } = await categoryOf((await params).slug);
  const state = { ...readListState(await searchParams, { categories: [slug] }), search: undefined };
  return (
    <ListingView
      state={state}
      listing={await readListing(state)}
      title={name}
      description={summary}
      empty={
        isNarrowed(state) ? (
          <NothingLeft state={state} />
        ) : (
          <EmptyState title="Nothing on this shelf yet">Come back soon, or see everything else.</EmptyState>
        )
      }
    />
  );
}
