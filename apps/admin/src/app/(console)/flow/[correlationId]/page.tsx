import type { Metadata } from "next";
import { FlowView } from "../../../../flow/flow-view.tsx";
import { flowTitle } from "../../../../flow/flow.ts";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { readOnce, titled } from "../../../../server/read-once.ts";

interface FlowPageProps {
  params: Promise<{ correlationId: string }>;
}

const readFlow = readOnce((ask, correlationId: string) => ask.flow.byCorrelation({ correlationId }));

export async function generateMetadata({ params }: FlowPageProps): Promise<Metadata> {
  return titled(readFlow(decodeURIComponent((await params).correlationId)), flowTitle, "Flow");
}

export default async function FlowPage({ params }: FlowPageProps) {
  const correlationId = decodeURIComponent((await params).correlationId);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery({
          queryKey: trpc.flow.byCorrelation.queryKey({ correlationId }),
          queryFn: () => readFlow(correlationId),
        }),
      ]}
    >
      <FlowView correlationId={correlationId} />
    </Prefetched>
  );
}
