import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { DeadLettersView } from "../../../dead-letters/dead-letters-view.tsx";
import { listInput, loadDeadLetterFilters } from "../../../links/dead-letters.ts";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Dead letters" };

export default async function DeadLettersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadDeadLetterFilters(searchParams);
  return (
    <Prefetched
      ask={(client, trpc) => [
        ...(filters.view === "letters"
          ? [client.prefetchQuery(trpc.deadLetters.list.queryOptions(listInput(filters)))]
          : [
              client.prefetchQuery(trpc.deadLetters.groups.queryOptions()),
              client.prefetchQuery(trpc.deadLetters.retries.queryOptions()),
            ]),
        client.prefetchQuery(trpc.deadLetters.counts.queryOptions()),
      ]}
    >
      <DeadLettersView />
    </Prefetched>
  );
}
