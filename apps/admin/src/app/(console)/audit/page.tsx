import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { AuditView } from "../../../audit/audit-view.tsx";
import { listInput, loadAuditFilters } from "../../../audit/filters.ts";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadAuditFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.audit.list.queryOptions(listInput(filters)))]}>
      <AuditView />
    </Prefetched>
  );
}
