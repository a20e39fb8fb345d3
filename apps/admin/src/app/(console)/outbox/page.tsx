import type { Metadata } from "next";
import { OutboxView } from "../../../outbox/outbox-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Outbox" };

export default function OutboxPage() {
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.outbox.status.queryOptions()),
        client.prefetchQuery(trpc.outbox.setAside.queryOptions()),
      ]}
    >
      <OutboxView />
    </Prefetched>
  );
}
