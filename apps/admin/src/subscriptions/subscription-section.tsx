"use client";
/** The table of projections or consumers, loading, empty, failed or full. */
import { EmptyState, SkeletonRows, TableMessage } from "@tillstream/ui";
import { QueryFailed } from "../console/query-failed.tsx";
import type { Trend } from "../console/subscription-state.ts";
import { SubscriptionTable, subscriptionColumns } from "./subscription-table.tsx";
import type { useProjections } from "./use-subscriptions.ts";

interface SubscriptionSectionProps {
  label: string;
  kind: "Projection" | "Consumer";
  query: ReturnType<typeof useProjections>;
  trends?: readonly Trend[] | undefined;
}

export function SubscriptionSection({ label, kind, query, trends }: SubscriptionSectionProps) {
  const name = label.toLowerCase();
  if (query.data === undefined && query.isError) return <QueryFailed query={query} what={`the ${name}`} />;
  return (
    <SubscriptionTable label={label} kind={kind} subscriptions={query.data ?? []} trends={trends}>
      {query.isPending && <SkeletonRows rows={3} columns={subscriptionColumns[kind]} />}
      {query.data?.length === 0 && (
        <TableMessage columns={subscriptionColumns[kind]}>
          <EmptyState title={`No ${name} yet`} level={2}>
            They register when a worker starts for the first time. Check that a worker is running.
          </EmptyState>
        </TableMessage>
      )}
    </SubscriptionTable>
  );
}
