"use client";
/** Differences between the payment gateway's books and the orders, and the run that looks for them. */
import {
  EmptyState,
  Instant,
  LinkButton,
  Pagination,
  SkeletonRows,
  TableMessage,
  TabLinks,
  Term,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListHead } from "../console/list-head.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { findingFilters, findingsHref, listInput, type FindingFilters } from "./finding-filters.ts";
import { FindingTable } from "./finding-table.tsx";
import { findingColumns, findingKinds, findingStatuses, kindWord, statusWord } from "./finding-words.ts";
import { RunNowButton, RunNowResult, useRunNow } from "./run-now.tsx";

const MEANING =
  "Money that was taken and belongs to no order is given back; what a refund cannot settle waits for an operator. Orders under way are left alone.";

export function ReconciliationView() {
  const [filters] = useQueryStates(findingFilters);
  const trpc = useTRPC();
  const live = useLiveQuery();
  const list = useQuery(
    trpc.payments.findings.queryOptions(listInput(filters), { ...live, placeholderData: keepPreviousData }),
  );
  const runNow = useRunNow();
  const findings = list.data?.items ?? [];
  const first = findingsHref({ ...filters, before: null });
  return (
    <>
      <ListHead
        title="Reconciliation"
        actions={<RunNowButton runNow={runNow} />}
        description={
          <>
            <Term meaning={MEANING}>Compares</Term> the payment gateway's books with the orders, every minute.{" "}
            <LastRun />
          </>
        }
        first={first}
        parts={findingFilters}
      />
      <RunNowResult runNow={runNow} />
      <FindingTabs filters={filters} />
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what="the findings" first={first} />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <FindingTable findings={findings}>
            {list.isPending && <SkeletonRows rows={6} columns={findingColumns.length} />}
            {list.isSuccess && findings.length === 0 && (
              <TableMessage columns={findingColumns.length}>
                <NoFindings filters={filters} />
              </TableMessage>
            )}
          </FindingTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        newerLabel="Newest"
        newerHref={filters.before === null ? undefined : first}
        olderHref={list.data?.nextCursor ? findingsHref({ ...filters, before: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

function useStatus() {
  return useQuery(useTRPC().payments.status.queryOptions(undefined, useLiveQuery())).data;
}

function LastRun() {
  const run = useStatus()?.lastRun;
  if (run === undefined) return null;
  if (run === null) return <>No run has ended yet.</>;
  return (
    <>
      Last run <Instant at={run.finishedAt ?? run.requestedAt} />
      {run.error !== null && `, not finished: ${run.error}`}.
    </>
  );
}

function FindingTabs({ filters }: { filters: FindingFilters }) {
  const status = useStatus();
  const { kind } = filters;
  return (
    <>
      <TabLinks
        className="mb-3"
        label="Findings by status"
        items={[
          { href: findingsHref({ kind }), label: "All", current: filters.status === null },
          ...findingStatuses.map((each) => ({
            href: findingsHref({ kind, status: each }),
            label: statusWord[each],
            count: each === "open" || each === "attention" ? status?.[each] : undefined,
            current: filters.status === each,
          })),
        ]}
      />
      <TabLinks
        className="mb-3"
        label="Findings by kind"
        items={[
          { href: findingsHref({ status: filters.status }), label: "Any difference", current: kind === null },
          ...findingKinds.map((each) => ({
            href: findingsHref({ status: filters.status, kind: each }),
            label: capitalised(kindWord[each]),
            current: kind === each,
          })),
        ]}
      />
    </>
  );
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function NoFindings({ filters }: { filters: FindingFilters }) {
  const since = useStatus()?.quietSince;
  if (filters.before !== null) return <EmptyState title="Nothing older">There are no older findings.</EmptyState>;
  if (filters.status !== null || filters.kind !== null) {
    return (
      <EmptyState title="None of these" action={<LinkButton href="/reconciliation">All findings</LinkButton>}>
        No finding has this status and kind.
      </EmptyState>
    );
  }
  if (since === undefined || since === null) {
    return <EmptyState title="Nothing compared yet">The first run begins as soon as a worker is there.</EmptyState>;
  }
  return (
    <EmptyState
      title={
        <>
          0 differences since <Instant at={since} />
        </>
      }
    >
      The gateway's books and the orders tell the same story.
    </EmptyState>
  );
}
