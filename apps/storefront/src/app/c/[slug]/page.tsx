import { EmptyState } from "@tillstream/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ListingView, readListing } from "../../../catalogue/listing.tsx";
import { readListState, type Query } from "../../../catalogue/listing-address.ts";
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
  const { sort, pages } = readListState(await searchParams);
  const state = { category: slug, sort, pages };
  return (
    <ListingView
      state={state}
      listing={await readListing(state)}
      title={name}
      description={summary}
      empty={<EmptyState title="Nothing on this shelf yet">Come back soon, or see everything else.</EmptyState>}
    />
  );
}
