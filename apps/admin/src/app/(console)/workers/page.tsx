import type { Metadata } from "next";
import { Prefetched } from "../../../server/prefetch.tsx";
import { WorkersView } from "../../../workers/workers-view.tsx";

export const metadata: Metadata = { title: "Workers" };

export default function WorkersPage() {
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.workers.list.queryOptions())]}>
      <WorkersView />
    </Prefetched>
  );
}
