import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ListingView, readListing } from "../../../catalogue/listing.tsx";
import { readListState } from "../../../catalogue/listing-address.ts";
import type { Query } from "../../../catalogue/listing-address.ts";
import { ask } from "../../../server/shop.ts";

interface CategoryPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Query>;
}

const read = cache(async (slug: string) => {
  const categories = await ask((shop) => shop.catalogue.categories());
  return categories.find((category) => category.slug === slug) ?? notFound();
});

export async function generateMetadata({ params }: CategoryPageProps): Promise<Metadata> {
  const { slug } = await params;
  const { name, summary } = await read(slug);
  return { title: name, description: summary, alternates: { canonical: `/c/${slug}` } };
}

export default async function CategoryPage({ params, searchParams }: CategoryPageProps) {
  const { slug } = await params;
  const { name, summary } = await read(slug);
  const { sort, pages } = readListState(await searchParams, { category: slug });
  const state = { category: slug, sort: sort === "relevance" ? "featured" : sort, pages } as const;
  const listing = await readListing(state);
  return (
    <ListingView
      state={state}
      listing={listing}
      title={name}
      description={summary}
      empty={<p className="text-ink-soft">There is nothing on this shelf at the moment. Look in again soon.</p>}
    />
  );
}
