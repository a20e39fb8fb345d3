import type { Metadata } from "next";
import { ALERTS_SHOWN } from "../../../../alerts/sizes.ts";
import { IncidentView } from "../../../../incidents/incident-view.tsx";
import { Prefetched } from "../../../../server/prefetch.tsx";
import { readOnce, titled } from "../../../../server/read-once.ts";

interface IncidentPageProps {
  params: Promise<{ alertId: string }>;
}

const readIncident = readOnce((ask, id: number) => ask.incidents.byId({ id }));

/** 0, which no alert has, for what is no id. */
const idIn = ({ alertId }: { alertId: string }) => (/^[1-9]\d{0,14}$/.test(alertId) ? Number(alertId) : 0);

export async function generateMetadata({ params }: IncidentPageProps): Promise<Metadata> {
  return titled(readIncident(idIn(await params)), ({ what }) => what, "Incident");
}

export default async function IncidentPage({ params }: IncidentPageProps) {
  const id = idIn(await params);
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery({ queryKey: trpc.incidents.byId.queryKey({ id }), queryFn: () => readIncident(id) }),
        client.prefetchQuery(trpc.alerts.list.queryOptions({ limit: ALERTS_SHOWN })),
      ]}
    >
      <IncidentView id={id} />
    </Prefetched>
  );
}
