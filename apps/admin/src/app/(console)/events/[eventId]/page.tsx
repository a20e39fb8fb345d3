import type { Metadata } from "next";
import { EventView } from "../../../../events/event-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

interface EventPageProps {
  params: Promise<{ eventId: string }>;
}

export async function generateMetadata({ params }: EventPageProps): Promise<Metadata> {
  return { title: `Event ${decodeURIComponent((await params).eventId)}` };
}

export default async function EventPage({ params }: EventPageProps) {
  const eventId = decodeURIComponent((await params).eventId);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.events.byId.queryOptions({ eventId })),
        client.prefetchQuery(trpc.consumers.list.queryOptions()),
        client.prefetchQuery(trpc.projections.list.queryOptions()),
      ]}
    >
      <EventView eventId={eventId} />
    </Prefetched>
  );
}
