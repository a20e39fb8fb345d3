"use client";
/** Everything that is watched and went over its limit: what fires now, and what became of the others. */
import { EmptyState, LinkButton, PageHeader, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { ExportLinks } from "../console/export-links.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { AlertTable, alertColumns } from "./alert-table.tsx";
import { useAlerts } from "./use-alerts.ts";

export function AlertsView() {
  const query = useAlerts();
  return (
    <>
      <PageHeader
        title="Alerts"
        actions={<ExportLinks page="/alerts" />}
        description={
          <>
            An <Term meaning={glossary.alert}>alert</Term> fires when something that is watched stays over its limit.
            What it explains follows it. It is resolved by itself.
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
              <EmptyState title="0 alerts" action={<LinkButton href="/">What is watched</LinkButton>}>
                No alert has fired. Everything is looked at every few seconds.
              </EmptyState>
            </TableMessage>
          )}
        </AlertTable>
      )}
    </>
  );
}
