import { orderNumber } from "@tillstream/commerce";
import type { Metadata } from "next";
import { checkoutSagaOf } from "../../../../links/events.ts";
import { OrderView } from "../../../../orders/order-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

interface OrderPageProps {
  params: Promise<{ orderId: string }>;
}

export async function generateMetadata({ params }: OrderPageProps): Promise<Metadata> {
  return { title: `Order ${orderNumber(decodeURIComponent((await params).orderId))}` };
}

export default async function OrderPage({ params }: OrderPageProps) {
  const orderId = decodeURIComponent((await params).orderId);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.orders.byId.queryOptions({ orderId })),
        client.prefetchQuery(trpc.sagas.byId.queryOptions({ sagaId: checkoutSagaOf(orderId) })),
      ]}
    >
      <OrderView orderId={orderId} number={orderNumber(orderId)} />
    </Prefetched>
  );
}
