"use client";
/** Dead letters one by one, from the newest or the oldest, of a consumer, a kind of failure and a status. */
import { EmptyState, FilterChips, LinkButton, Pagination, SkeletonRows, TableMessage, TabLinks } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { NothingFurther } from "../console/nothing-further.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { turnedBy } from "../console/time-order.ts";
import { useTRPC } from "../console/trpc.ts";
import { ExportLinks } from "../console/export-links.tsx";
import {
  deadLetterStatuses,
  deadLettersHref,
  deadLettersOfFile,
  listInput,
  type DeadLetterFilters,
} from "../links/dead-letters.ts";
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
    filters.sort,
  );
  const turned = turnedBy(filters, deadLettersHref, list.data?.nextCursor);
  const rows = list.isPlaceholderData ? (list.data?.items ?? []) : held.rows;
  return (
    <>
      <StatusTabs filters={filters} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <Chips filters={filters} />
        <span className="flex items-center gap-2">
          <NewRowsSlot count={held.waiting} onShow={held.show} />
          <ExportLinks page={deadLettersOfFile(filters)} />
        </span>
      </div>
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what="the dead letters" first={turned.first} />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <DeadLetterTable letters={rows} words={turned.words} sort={turned.head}>
            {list.isPending && <SkeletonRows rows={6} columns={deadLetterColumns} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={deadLetterColumns}>
                <NoDeadLetters filters={filters} />
              </TableMessage>
            )}
          </DeadLetterTable>
        </div>
      )}
      <Pagination className="mt-3" {...turned.pages} />
    </>
  );
}

function StatusTabs({ filters: { consumer, fingerprint, status, sort } }: { filters: DeadLetterFilters }) {
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
        { href: deadLettersHref({ consumer, fingerprint, sort }), label: "Open", current: status === null },
        ...deadLetterStatuses.map((each) => ({
          href: deadLettersHref({ consumer, fingerprint, status: each, sort }),
          label: `${each.charAt(0).toUpperCase()}${each.slice(1)}`,
          count: countOf(each),
          current: status === each,
        })),
      ]}
    />
  );
}

function Chips({ filters }: { filters: DeadLetterFilters }) {
  const { consumer, fingerprint, status, sort } = filters;
  return (
    <FilterChips
      clearHref={deadLettersHref({ status, sort })}
      chips={[
        ...(consumer === null
          ? []
          : [
              {
                key: "consumer",
                name: "Consumer",
                value: consumer,
                removeHref: deadLettersHref({ fingerprint, status, sort }),
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
                removeHref: deadLettersHref({ consumer, status, sort }),
                removeLabel: "Remove kind of failure",
              },
            ]),
      ]}
    />
  );
}

function NoDeadLetters({ filters: { before, consumer, fingerprint, status, sort } }: { filters: DeadLetterFilters }) {
  if (before !== null) return <NothingFurther sort={sort}>There are no older dead letters.</NothingFurther>;
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
