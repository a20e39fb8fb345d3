import { orderNumber } from "@tillstream/commerce";
import type { Metadata } from "next";
import { orderOfCheckout } from "../../../../links/events.ts";
import { SagaView } from "../../../../sagas/saga-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

interface SagaPageProps {
  params: Promise<{ sagaId: string }>;
}

export async function generateMetadata({ params }: SagaPageProps): Promise<Metadata> {
  return { title: `Saga ${decodeURIComponent((await params).sagaId)}` };
}

export default async function SagaPage({ params }: SagaPageProps) {
  const sagaId = decodeURIComponent((await params).sagaId);
  const orderId = orderOfCheckout(sagaId);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.sagas.byId.queryOptions({ sagaId }))]}>
      <SagaView sagaId={sagaId} orderNumber={orderId === undefined ? undefined : orderNumber(orderId)} />
    </Prefetched>
  );
}
