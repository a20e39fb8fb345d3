import type { Metadata } from "next";
import { MapView } from "../../../map/map-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Map" };

export default function MapPage() {
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.map.system.queryOptions())]}>
      <MapView />
    </Prefetched>
  );
}
