import type { Metadata } from "next";
import { Prefetched } from "../../../server/prefetch.tsx";
import { ConsumersView } from "../../../subscriptions/consumers-view.tsx";

export const metadata: Metadata = { title: "Consumers" };

export default function ConsumersPage() {
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.consumers.list.queryOptions())]}>
      <ConsumersView />
    </Prefetched>
  );
}
