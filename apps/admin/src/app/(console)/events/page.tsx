import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { EventsView } from "../../../events/events-view.tsx";
import { listInput, loadEventFilters } from "../../../events/filters.ts";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadEventFilters(searchParams);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.events.list.queryOptions(listInput(filters))),
        client.prefetchQuery(trpc.events.types.queryOptions()),
      ]}
    >
      <EventsView />
    </Prefetched>
  );
}
