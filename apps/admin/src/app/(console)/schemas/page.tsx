import type { Metadata } from "next";
import { SchemasView } from "../../../schemas/schemas-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Schemas" };

export default function SchemasPage() {
  return (
    <Prefetched
      ask={(client, trpc) => [
        client.prefetchQuery(trpc.schemas.versionShare.queryOptions()),
        client.prefetchQuery(trpc.schemas.list.queryOptions()),
      ]}
    >
      <SchemasView />
    </Prefetched>
  );
}
