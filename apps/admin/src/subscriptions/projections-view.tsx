"use client";
/** How far each projection and each consumer has come. */
import { EmptyState, PageHeader, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { meaningOf } from "../console/definitions.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { LagCharts } from "./lag-charts.tsx";
import type { Trend } from "./subscription-state.ts";
import { SubscriptionTable, subscriptionColumns } from "./subscription-table.tsx";
import { useConsumers, useProjections, useTrends } from "./use-subscriptions.ts";

export function ProjectionsView() {
  const projections = useProjections();
  const consumers = useConsumers();
  const trends = useTrends().data;
  return (
    <>
      <PageHeader
        title="Projections and consumers"
        description={
          <>
            Worst first. A <Term meaning={meaningOf.projection}>projection</Term> is late when its{" "}
            <Term meaning={meaningOf.lag}>lag</Term> is over 5 s.
          </>
        }
      />
      <div className="space-y-5">
        <Section heading="Projections" kind="Projection" query={projections} trends={trends} what="the projections" />
        <Section heading="Consumers" kind="Consumer" query={consumers} what="the consumers" />
        {projections.data !== undefined && projections.data.length > 0 && (
          <LagCharts subscriptions={projections.data} trends={trends ?? []} />
        )}
      </div>
    </>
  );
}

interface SectionProps {
  heading: string;
  kind: "Projection" | "Consumer";
  query: ReturnType<typeof useProjections>;
  trends?: readonly Trend[] | undefined;
  what: string;
}

function Section({ heading, kind, query, trends, what }: SectionProps) {
  return (
    <div className="min-w-0">
      <h2 className="heading mb-2 text-lg">
        {kind === "Consumer" ? <Term meaning={meaningOf.consumer}>{heading}</Term> : heading}
      </h2>
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what={what} />
      ) : (
        <SubscriptionTable label={heading} kind={kind} subscriptions={query.data ?? []} trends={trends}>
          {query.isPending && <SkeletonRows rows={3} columns={subscriptionColumns[kind]} />}
          {query.data?.length === 0 && (
            <TableMessage columns={subscriptionColumns[kind]}>
              <EmptyState title={`No ${heading.toLowerCase()} yet`} level={3}>
                They register when a worker starts for the first time. Is the worker running?
              </EmptyState>
            </TableMessage>
          )}
        </SubscriptionTable>
      )}
    </div>
  );
}
