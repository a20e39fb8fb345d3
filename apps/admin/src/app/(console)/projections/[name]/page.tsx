import type { Metadata } from "next";
import { ALERTS_SHOWN } from "../../../../alerts/sizes.ts";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { ProjectionView } from "../../../../subscriptions/projection-view.tsx";

interface ProjectionPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: ProjectionPageProps): Promise<Metadata> {
  return { title: `Projection ${decodeURIComponent((await params).name)}` };
}

export default async function ProjectionPage({ params }: ProjectionPageProps) {
  const name = decodeURIComponent((await params).name);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.projections.list.queryOptions()),
        client.prefetchQuery(trpc.projections.trends.queryOptions()),
        client.prefetchQuery(trpc.projections.rebuilds.queryOptions()),
        client.prefetchQuery(trpc.alerts.list.queryOptions({ limit: ALERTS_SHOWN })),
      ]}
    >
      <ProjectionView name={name} />
    </Prefetched>
  );
}
