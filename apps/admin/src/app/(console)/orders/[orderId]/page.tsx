import { orderNumber } from "@tillstream/commerce";
import { createContext } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { cache } from "react";
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

/** Asked once in a request, for the title and for the page. */
const readOrder = cache(async (orderId: string) => {
  const { services } = server();
  const ask = createCaller(await createContext(services, sessionOf, await headers(), services.ids.next()));
  return ask.orders.byId({ orderId });
});

/** Any id has a number, also one that no order has. */
async function isMissing(orderId: string): Promise<boolean> {
  try {
    await readOrder(orderId);
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
        client.prefetchQuery({ queryKey: trpc.orders.byId.queryKey({ orderId }), queryFn: () => readOrder(orderId) }),
        client.prefetchQuery(trpc.sagas.byId.queryOptions({ sagaId: checkoutSagaOf(orderId) })),
      ]}
    >
      <WholeOrder orderId={orderId} number={orderNumber(orderId)} />
    </Prefetched>
  );
}
