import type { Metadata } from "next";
import { FlowView } from "../../../../flow/flow-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Flow" };

export default async function FlowPage({ params }: { params: Promise<{ correlationId: string }> }) {
  const correlationId = decodeURIComponent((await params).correlationId);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.flow.byCorrelation.queryOptions({ correlationId }))]}>
      <FlowView correlationId={correlationId} />
    </Prefetched>
  );
}
