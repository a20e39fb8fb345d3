"use client";
/** The runs of sagas, from the newest or the oldest, by status. Rows change in place; new runs wait behind "N new". */
import {
  Button,
  EmptyState,
  FilterChips,
  LinkButton,
  Pagination,
  SkeletonRows,
  TableMessage,
  TabLinks,
  Term,
  TextInput,
  truncateMiddle,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { FormEvent } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { useSearchKey } from "../console/use-search-key.ts";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { NothingFurther } from "../console/nothing-further.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { turnedBy } from "../console/time-order.ts";
import { useTRPC } from "../console/trpc.ts";
import { ListHead } from "../console/list-head.tsx";
import { HaltedRuns } from "./halted-runs.tsx";
import { listInput, sagaFilters, sagasHref, sagaStatuses, type SagaFilters } from "./saga-filters.ts";
import { runTab, runWord } from "./saga-state.ts";
import { sagaColumns, SagaTable } from "./saga-table.tsx";

export function SagasView() {
  const [filters] = useQueryStates(sagaFilters);
  const trpc = useTRPC();
  const live = useLiveQuery();
  const list = useQuery(
    trpc.sagas.list.queryOptions(listInput(filters), { ...live, placeholderData: keepPreviousData }),
  );
  const held = useHeldRows(
    list.isPlaceholderData ? undefined : list.data?.items,
    (run) => Date.parse(run.createdAt),
    sagasHref(filters),
    filters.sort,
  );
  const turned = turnedBy(filters, sagasHref, list.data?.nextCursor);
  const rows = list.isPlaceholderData ? (list.data?.items ?? []) : held.rows;
  return (
    <>
      <ListHead
        title="Sagas"
        actions={<NewRowsSlot count={held.waiting} onShow={held.show} />}
        description={
          <>
            A <Term meaning={glossary.saga}>saga</Term> runs its steps in order and, when one fails, the{" "}
            <Term meaning={glossary.compensation}>compensations</Term> in reverse.
          </>
        }
        first={turned.first}
        parts={sagaFilters}
      />
      <HaltedRuns />
      <StatusTabs filters={filters} />
      <OrderSearch filters={filters} />
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what="the sagas" first={turned.first} />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <SagaTable runs={rows} words={turned.words} sort={turned.head}>
            {list.isPending && <SkeletonRows rows={12} columns={sagaColumns} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={sagaColumns}>
                <NoSagas filters={filters} />
              </TableMessage>
            )}
          </SagaTable>
        </div>
      )}
      <Pagination className="mt-3" {...turned.pages} />
    </>
  );
}

/** By the order's id or the number that its customer knows. */
function OrderSearch({ filters }: { filters: SagaFilters }) {
  const [, setFilters] = useQueryStates(sagaFilters, { history: "push" });
  const box = useSearchKey<HTMLFormElement>();
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("order");
    void setFilters({ order: (typeof typed === "string" && typed.trim()) || null, before: null });
  };
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <form
        ref={box}
        role="search"
        aria-label="Sagas of an order"
        onSubmit={search}
        className="flex items-center gap-2"
      >
        <TextInput
          key={filters.order}
          name="order"
          mono
          aria-label="Order number or id"
          placeholder="Order number or id"
          defaultValue={filters.order ?? ""}
          maxLength={100}
          className="w-56"
        />
        <Button type="submit">Find</Button>
      </form>
      <FilterChips
        clearHref={sagasHref({ ...filters, order: null, before: null })}
        chips={
          filters.order === null
            ? []
            : [
                {
                  key: "order",
                  name: "Order",
                  value: truncateMiddle(filters.order),
                  removeHref: sagasHref({ ...filters, order: null, before: null }),
                  removeLabel: "Sagas of all orders",
                },
              ]
        }
      />
    </div>
  );
}

function StatusTabs({ filters: { status: chosen, stuck, order, sort } }: { filters: SagaFilters }) {
  const trpc = useTRPC();
  const counts = useQuery(trpc.sagas.counts.queryOptions(undefined, useLiveQuery())).data;
  const all = counts && Object.values(counts.byStatus).reduce((sum, count) => sum + count, 0);
  return (
    <TabLinks
      className="mb-3"
      label="Sagas by status"
      items={[
        {
          href: sagasHref({ order, sort }),
          label: "All",
          count: all,
          current: chosen === null && !stuck,
        },
        ...sagaStatuses.map((status) => ({
          href: sagasHref({ status, order, sort }),
          label: <span title={capitalised(runWord[status])}>{capitalised(runTab[status])}</span>,
          count: counts?.byStatus[status],
          current: chosen === status && !stuck,
        })),
        {
          href: sagasHref({ stuck: true, order, sort }),
          label: <span title={glossary.stuck}>Stuck</span>,
          count: counts?.stuck,
          current: stuck,
        },
      ]}
    />
  );
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function NoSagas({ filters }: { filters: SagaFilters }) {
  if (filters.order !== null)
    return (
      <EmptyState
        title="No saga of this order here"
        action={<LinkButton href={sagasHref({ order: filters.order })}>In every state</LinkButton>}
      >
        Give the number as the customer reads it (8 characters), or the whole id.
      </EmptyState>
    );
  if (filters.stuck)
    return (
      <EmptyState title="No stuck sagas">Every run that is not finished began less than ten minutes ago.</EmptyState>
    );
  if (filters.status !== null) {
    return (
      <EmptyState
        title={`No saga is ${runWord[filters.status]}`}
        action={<LinkButton href="/sagas">All sagas</LinkButton>}
      >
        Runs in other states are in the other tabs.
      </EmptyState>
    );
  }
  if (filters.before !== null)
    return <NothingFurther sort={filters.sort}>This is the first run of all.</NothingFurther>;
  return <EmptyState title="No sagas yet">The first one begins when a customer places an order.</EmptyState>;
}
