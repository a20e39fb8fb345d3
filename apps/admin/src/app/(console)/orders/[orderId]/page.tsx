import { orderNumber } from "@tillstream/commerce";
import { createContext } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { createCaller } from "../../../../exports/caller.ts";
import { checkoutSagaOf } from "../../../../links/events.ts";
import { WholeOrder } from "../../../../orders/whole-order.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { server, sessionOf } from "../../../../server/services.ts";

interface OrderPageProps {
  params: Promise<{ orderId: string }>;
}

export async function generateMetadata({ params }: OrderPageProps): Promise<Metadata> {
  const orderId = decodeURIComponent((await params).orderId);
  return { title: (await isMissing(orderId)) ? "Order not found" : `Order ${orderNumber(orderId)}` };
}

/** Any id has a number, also one that no order has. */
async function isMissing(orderId: string): Promise<boolean> {
  const { services } = server();
  const ask = createCaller(await createContext(services, sessionOf, await headers(), services.ids.next()));
  try {
    await ask.orders.byId({ orderId });
    return false;
  } catch (error) {
    return error instanceof TRPCError && error.code === "NOT_FOUND";
  }
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
      <WholeOrder orderId={orderId} number={orderNumber(orderId)} />
    </Prefetched>
  );
}
