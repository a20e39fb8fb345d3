"use client";
/** Everything that is watched and went over its limit: what fires now, and what became of the others. */
import { EmptyState, LinkButton, Pagination, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { useQueryStates } from "nuqs";
import { ListHead } from "../console/list-head.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { alertFilters, alertsHref } from "./alert-filters.ts";
import { AlertTable, alertColumns } from "./alert-table.tsx";
import { useAlerts } from "./use-alerts.ts";

export function AlertsView() {
  const [filters] = useQueryStates(alertFilters);
  const query = useAlerts(filters);
  const first = alertsHref({ after: null });
  const next = query.data?.nextCursor;
  return (
    <>
      <ListHead
        title="Alerts"
        description={
          <>
            An <Term meaning={glossary.alert}>alert</Term> fires when something that is watched stays over its limit.
            What it explains follows it. It is resolved by itself.
          </>
        }
        first={first}
        parts={alertFilters}
      />
      {query.data === undefined && query.isError ? (
        <ListFailed query={query} what="the alerts" first={first} />
      ) : (
        <AlertTable label="Alerts, firing first" alerts={query.data?.items ?? []}>
          {query.isPending && <SkeletonRows rows={6} columns={alertColumns} />}
          {query.data?.items.length === 0 && (
            <TableMessage columns={alertColumns}>
              <EmptyState
                title={filters.after === null ? "0 alerts" : "No further alerts"}
                action={<LinkButton href="/">What is watched</LinkButton>}
              >
                {filters.after === null
                  ? "No alert has fired. Everything is looked at every few seconds."
                  : "These were all. Go back to those that fire."}
              </EmptyState>
            </TableMessage>
          )}
        </AlertTable>
      )}
      {(filters.after !== null || next) && (
        <Pagination
          className="mt-3"
          newerLabel="Firing"
          newerHref={filters.after === null ? undefined : first}
          olderHref={next ? alertsHref({ after: next }) : undefined}
        />
      )}
    </>
  );
}
