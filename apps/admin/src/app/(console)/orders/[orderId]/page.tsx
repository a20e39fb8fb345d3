import { orderNumber } from "@tillstream/commerce";
import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { isUnknown } from "../../../../console/is-unknown.ts";
import { checkoutSagaOf } from "../../../../links/events.ts";
import { WholeOrder } from "../../../../orders/whole-order.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { readOnce } from "../../../../server/read-once.ts";

interface OrderPageProps {
  params: Promise<{ orderId: string }>;
}

export async function generateMetadata({ params }: OrderPageProps): Promise<Metadata> {
  const orderId = decodeURIComponent((await params).orderId);
  return { title: (await isMissing(orderId)) ? "Order not found" : `Order ${orderNumber(orderId)}` };
}

const readOrder = readOnce((ask, orderId: string) => ask.orders.byId({ orderId }));

/** Any id has a number, also one that no order has. */
async function isMissing(orderId: string): Promise<boolean> {
  try {
    await readOrder(orderId);
    return false;
  } catch (error) {
    return error instanceof TRPCError && isUnknown(error);
  }
}

export default async function OrderPage({ params }: OrderPageProps) {
  const orderId = decodeURIComponent((await params).orderId);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery({ queryKey: trpc.orders.byId.queryKey({ orderId }), queryFn: () => readOrder(orderId) }),
        client.prefetchQuery(trpc.sagas.byId.queryOptions({ sagaId: checkoutSagaOf(orderId) })),
      ]}
    >
      <WholeOrder orderId={orderId} number={orderNumber(orderId)} />
    </Prefetched>
  );
}
