import type { Metadata } from "next";
import { Prefetched } from "../../../server/prefetch.tsx";
import { ProjectionsView } from "../../../subscriptions/projections-view.tsx";

export const metadata: Metadata = { title: "Projections" };

export default function ProjectionsPage() {
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.projections.list.queryOptions()),
        client.prefetchQuery(trpc.projections.trends.queryOptions()),
      ]}
    >
      <ProjectionsView />
    </Prefetched>
  );
}
