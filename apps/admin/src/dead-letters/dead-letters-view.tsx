"use client";
/** Events that a consumer could not process, newest first, each with its error. */
import {
  EmptyState,
  LinkButton,
  PageHeader,
  Pagination,
  SkeletonRows,
  TableMessage,
  TabLinks,
  Term,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { meaningOf } from "../console/definitions.ts";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { LetterTable, letterColumns } from "./letter-table.tsx";
import { letterFilters, lettersHref, listInput, type LetterFilters } from "./letter-filters.ts";

export function DeadLettersView() {
  const [filters] = useQueryStates(letterFilters);
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
      <PageHeader
        title="Dead letters"
        actions={<NewRowsSlot count={held.waiting} onShow={held.show} />}
        description={
          <>
            A <Term meaning={meaningOf.deadLetter}>dead letter</Term> holds up its own stream for its own consumer.
            Everything else goes on.
          </>
        }
      />
      <ConsumerTabs filters={filters} />
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

function ConsumerTabs({ filters }: { filters: LetterFilters }) {
  const counts = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery())).data;
  const known = counts?.byConsumer ?? [];
  const missing =
    filters.consumer !== null && !known.some(({ consumer }) => consumer === filters.consumer)
      ? [{ consumer: filters.consumer, parked: 0, retrying: 0, waiting: 0 }]
      : [];
  return (
    <TabLinks
      className="mb-3"
      label="Dead letters by consumer"
      items={[
        {
          href: "/dead-letters",
          label: "All",
          count: counts && counts.parked + counts.retrying + counts.waiting,
          current: filters.consumer === null,
        },
        ...[...known, ...missing].map(({ consumer, parked, retrying, waiting }) => ({
          href: lettersHref({ consumer }),
          label: <span className="font-mono text-sm">{consumer}</span>,
          count: counts && parked + retrying + waiting,
          current: filters.consumer === consumer,
        })),
      ]}
    />
  );
}

function NoLetters({ filters }: { filters: LetterFilters }) {
  if (filters.before !== null) return <EmptyState title="Nothing older">These were all dead letters.</EmptyState>;
  if (filters.consumer !== null) {
    return (
      <EmptyState
        title={`None of ${filters.consumer}`}
        action={<LinkButton href="/dead-letters">All dead letters</LinkButton>}
      >
        This consumer has processed every event it was given.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="0 dead letters">
      Every consumer and projection has processed every event it was given. Nothing is parked, nothing waits.
    </EmptyState>
  );
}
