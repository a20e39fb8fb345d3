import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { listInput, loadAccountFilters } from "../../../accounts/account-filters.ts";
import { AccountsView } from "../../../accounts/accounts-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadAccountFilters(searchParams);
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.accounts.search.queryOptions(listInput(filters)))]}>
      <AccountsView />
    </Prefetched>
  );
}
