import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ALERTS_SHOWN } from "../../../../alerts/sizes.ts";
import { IncidentView } from "../../../../incidents/incident-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Incident" };

export default async function IncidentPage({ params }: { params: Promise<{ alertId: string }> }) {
  const { alertId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(alertId)) notFound();
  const id = Number(alertId);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.incidents.byId.queryOptions({ id })),
        client.prefetchQuery(trpc.alerts.list.queryOptions({ limit: ALERTS_SHOWN })),
      ]}
    >
      <IncidentView id={id} />
    </Prefetched>
  );
}
