"use client";
/** Dead letters one by one, newest first, of a consumer, a kind of failure and a status. */
import { EmptyState, FilterChips, LinkButton, Pagination, SkeletonRows, TableMessage, TabLinks } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { ExportLinks } from "../console/export-links.tsx";
import { deadLetterStatuses, deadLettersHref, listInput, type DeadLetterFilters } from "../links/dead-letters.ts";
import { DeadLetterTable, deadLetterColumns } from "./dead-letter-table.tsx";
import { NoFailures } from "./no-failures.tsx";

export function DeadLetterList({ filters }: { filters: DeadLetterFilters }) {
  const trpc = useTRPC();
  const live = useLiveQuery();
  const list = useQuery(
    trpc.deadLetters.list.queryOptions(listInput(filters), { ...live, placeholderData: keepPreviousData }),
  );
  const held = useHeldRows(
    list.isPlaceholderData ? undefined : list.data?.items,
    (letter) => Number(letter.id),
    deadLettersHref(filters),
  );
  const rows = list.isPlaceholderData ? (list.data?.items ?? []) : held.rows;
  return (
    <>
      <StatusTabs filters={filters} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <Chips filters={filters} />
        <span className="flex items-center gap-2">
          <NewRowsSlot count={held.waiting} onShow={held.show} />
          <ExportLinks page={deadLettersHref({ ...filters, before: null })} />
        </span>
      </div>
      {list.data === undefined && list.isError ? (
        <QueryFailed query={list} what="the dead letters" />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <DeadLetterTable letters={rows}>
            {list.isPending && <SkeletonRows rows={6} columns={deadLetterColumns} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={deadLetterColumns}>
                <NoDeadLetters filters={filters} />
              </TableMessage>
            )}
          </DeadLetterTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        newerLabel="Newest"
        newerHref={filters.before === null ? undefined : deadLettersHref({ ...filters, before: null })}
        olderHref={list.data?.nextCursor ? deadLettersHref({ ...filters, before: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

function StatusTabs({ filters: { consumer, fingerprint, status } }: { filters: DeadLetterFilters }) {
  const counts = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery())).data;
  const ofConsumer = consumer === null ? counts : counts?.byConsumer.find((each) => each.consumer === consumer);
  /** A status is counted for a consumer, not for a kind of failure. */
  const countOf = (each: (typeof deadLetterStatuses)[number]) =>
    fingerprint === null && (each === "parked" || each === "retrying" || each === "waiting")
      ? (ofConsumer?.[each] ?? (counts && 0))
      : undefined;
  return (
    <TabLinks
      className="mb-3"
      label="Dead letters by status"
      items={[
        { href: deadLettersHref({ consumer, fingerprint }), label: "Open", current: status === null },
        ...deadLetterStatuses.map((each) => ({
          href: deadLettersHref({ consumer, fingerprint, status: each }),
          label: `${each.charAt(0).toUpperCase()}${each.slice(1)}`,
          count: countOf(each),
          current: status === each,
        })),
      ]}
    />
  );
}

function Chips({ filters }: { filters: DeadLetterFilters }) {
  const { consumer, fingerprint, status } = filters;
  return (
    <FilterChips
      clearHref={deadLettersHref({ status })}
      chips={[
        ...(consumer === null
          ? []
          : [
              {
                key: "consumer",
                name: "Consumer",
                value: consumer,
                removeHref: deadLettersHref({ fingerprint, status }),
                removeLabel: `Remove consumer ${consumer}`,
              },
            ]),
        ...(fingerprint === null
          ? []
          : [
              {
                key: "fingerprint",
                name: "Kind of failure",
                value: fingerprint.slice(0, 8),
                removeHref: deadLettersHref({ consumer, status }),
                removeLabel: "Remove kind of failure",
              },
            ]),
      ]}
    />
  );
}

function NoDeadLetters({ filters: { before, consumer, fingerprint, status } }: { filters: DeadLetterFilters }) {
  if (before !== null) return <EmptyState title="Nothing older">There are no older dead letters.</EmptyState>;
  if (consumer !== null || fingerprint !== null || status !== null) {
    return (
      <EmptyState
        title="None of these"
        action={<LinkButton href={deadLettersHref()}>All open dead letters</LinkButton>}
      >
        No dead letter has this consumer, kind of failure and status.
      </EmptyState>
    );
  }
  return <NoFailures />;
}
