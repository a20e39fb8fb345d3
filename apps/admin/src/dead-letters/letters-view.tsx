"use client";
/** Dead letters one by one, newest first, of a consumer, a kind of failure and a status. */
import { EmptyState, FilterChips, LinkButton, Pagination, SkeletonRows, TableMessage, TabLinks } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { letterStatuses, lettersHref, listInput, type LetterFilters } from "../links/letters.ts";
import { LetterTable, letterColumns } from "./letter-table.tsx";
import { NoFailures } from "./no-failures.tsx";

export function LettersView({ filters }: { filters: LetterFilters }) {
  const trpc = useTRPC();
  const live = useLiveQuery();
  const list = useQuery(
    trpc.deadLetters.list.queryOptions(listInput(filters), { ...live, placeholderData: keepPreviousData }),
  );
  const held = useHeldRows(
    list.isPlaceholderData ? undefined : list.data?.items,
    (letter) => Number(letter.id),
    lettersHref(filters),
  );
  const rows = list.isPlaceholderData ? (list.data?.items ?? []) : held.rows;
  return (
    <>
      <StatusTabs filters={filters} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <Chips filters={filters} />
        <NewRowsSlot count={held.waiting} onShow={held.show} />
      </div>
      {list.data === undefined && list.isError ? (
        <QueryFailed query={list} what="the dead letters" />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <LetterTable letters={rows}>
            {list.isPending && <SkeletonRows rows={6} columns={letterColumns} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={letterColumns}>
                <NoLetters filters={filters} />
              </TableMessage>
            )}
          </LetterTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        newerLabel="Newest"
        newerHref={filters.before === null ? undefined : lettersHref({ ...filters, before: null })}
        olderHref={list.data?.nextCursor ? lettersHref({ ...filters, before: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

function StatusTabs({ filters: { consumer, fingerprint, status } }: { filters: LetterFilters }) {
  const counts = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery())).data;
  const ofConsumer = consumer === null ? counts : counts?.byConsumer.find((each) => each.consumer === consumer);
  /** A status is counted for a consumer, not for a kind of failure. */
  const countOf = (each: (typeof letterStatuses)[number]) =>
    fingerprint === null && (each === "parked" || each === "retrying" || each === "waiting")
      ? (ofConsumer?.[each] ?? (counts && 0))
      : undefined;
  return (
    <TabLinks
      className="mb-3"
      label="Dead letters by status"
      items={[
        { href: lettersHref({ consumer, fingerprint }), label: "Open", current: status === null },
        ...letterStatuses.map((each) => ({
          href: lettersHref({ consumer, fingerprint, status: each }),
          label: `${each.charAt(0).toUpperCase()}${each.slice(1)}`,
          count: countOf(each),
          current: status === each,
        })),
      ]}
    />
  );
}

function Chips({ filters }: { filters: LetterFilters }) {
  const { consumer, fingerprint, status } = filters;
  return (
    <FilterChips
      clearHref={lettersHref({ status })}
      chips={[
        ...(consumer === null
          ? []
          : [
              {
                key: "consumer",
                name: "Consumer",
                value: consumer,
                removeHref: lettersHref({ fingerprint, status }),
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
                removeHref: lettersHref({ consumer, status }),
                removeLabel: "Remove kind of failure",
              },
            ]),
      ]}
    />
  );
}

function NoLetters({ filters: { before, consumer, fingerprint, status } }: { filters: LetterFilters }) {
  if (before !== null) return <EmptyState title="Nothing older">These were all dead letters.</EmptyState>;
  if (consumer !== null || fingerprint !== null || status !== null) {
    return (
      <EmptyState title="None of these" action={<LinkButton href={lettersHref()}>All open letters</LinkButton>}>
        No dead letter has this consumer, kind of failure and status.
      </EmptyState>
    );
  }
  return <NoFailures />;
}
