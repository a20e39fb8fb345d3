"use client";
/** Every projection whose lag went over its limit: those that fire now, and what became of the others. */
import { EmptyState, LinkButton, PageHeader, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { meaningOf } from "../console/definitions.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { AlertTable, alertColumns } from "./alert-table.tsx";
import { useAlerts } from "./use-alerts.ts";

export function AlertsView() {
  const query = useAlerts();
  return (
    <>
      <PageHeader
        title="Alerts"
        description={
          <>
            An <Term meaning={meaningOf.alert}>alert</Term> fires when a projection stays over its limit, and is
            resolved by itself.
          </>
        }
      />
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="the alerts" />
      ) : (
        <AlertTable label="Alerts, firing first" alerts={query.data?.items ?? []}>
          {query.isPending && <SkeletonRows rows={6} columns={alertColumns} />}
          {query.data?.items.length === 0 && (
            <TableMessage columns={alertColumns}>
              <EmptyState title="0 alerts" action={<LinkButton href="/projections">Projections</LinkButton>}>
                No projection has ever been over its limit. They are measured every second.
              </EmptyState>
            </TableMessage>
          )}
        </AlertTable>
      )}
    </>
  );
}
