"use client";
/** The event history, from its newest event or its oldest, with its filters in the address. New events wait behind "N new". */
import { Button, EmptyState, LinkButton, Pagination, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { glossary } from "@tillstream/eventing/glossary";
import { FilterForm, FilterFormChips, type FilterField } from "../console/filter-form.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { NothingFurther } from "../console/nothing-further.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { turnedBy } from "../console/time-order.ts";
import { useTRPC } from "../console/trpc.ts";
import { ListHead } from "../console/list-head.tsx";
import { eventColumns } from "./event-columns.ts";
import { EventTable } from "./event-table.tsx";
import {
  eventFilters,
  eventsHref,
  filterInput,
  isFiltered,
  listInput,
  noFilters,
  type EventFilters,
} from "./filters.ts";

const eventsDescription = (
  <>
    Everything that happened, in the order of the <Term meaning={glossary.position}>position</Term>. Stored events never
    change.
  </>
);

const typedFields: readonly FilterField[] = [
  { key: "stream", label: "Stream", placeholder: "order-…" },
  { key: "correlation", label: "Correlation id" },
  { key: "actor", label: "Actor", placeholder: "guest, saga:checkout" },
  { key: "payload", label: "Payload field", placeholder: "total=1200", pattern: String.raw`[\w.]+=.+` },
];

export function EventsView() {
  const [filters, setFilters] = useQueryStates(eventFilters, { history: "push" });
  const apply = (next: EventFilters) => void setFilters(next);
  const trpc = useTRPC();
  const types = useQuery(trpc.events.types.queryOptions(undefined, { staleTime: Infinity })).data ?? [];
  const fields: readonly FilterField[] = [{ key: "type", label: "Type", options: types }, ...typedFields];
  const form = { fields, filters, none: noFilters, onChange: apply };
  // The page itself does not move: newer events are counted by the next query and fetched when asked for.
  const listOptions = trpc.events.list.queryOptions(listInput(filters), {
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const list = useQuery(listOptions);
  const queryClient = useQueryClient();
  const turned = turnedBy(filters, eventsHref, list.data?.nextCursor);
  const growsHere = filters.before === null && filters.sort === "newest";
  const top = list.data?.items[0]?.position ?? 0;
  const live = useLiveQuery();
  const newer = useQuery(
    trpc.events.newer.queryOptions(
      { ...filterInput(filters), after: top },
      { ...live, enabled: growsHere && list.isSuccess && !list.isPlaceholderData },
    ),
  );
  const items = list.data?.items ?? [];
  const { nextCursor } = list.data ?? {};
  return (
    <>
      <ListHead
        title="Events"
        description={eventsDescription}
        actions={
          <NewRowsSlot
            count={growsHere ? (newer.data?.count ?? 0) : 0}
            onShow={() => void queryClient.invalidateQueries({ queryKey: listOptions.queryKey })}
          />
        }
        first={turned.first}
        parts={eventFilters}
      />
      <FilterForm {...form} />
      <FilterFormChips {...form} />
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what="the event history" first={turned.first} />
      ) : (
        <div
          className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}
          aria-busy={list.isFetching}
        >
          <EventTable entries={items} label={`Events, ${turned.words}`} sort={turned.head}>
            {list.isPending && <SkeletonRows rows={16} columns={eventColumns.length} />}
            {list.isSuccess && items.length === 0 && (
              <TableMessage columns={eventColumns.length}>
                <NoEvents
                  filters={filters}
                  searchedTo={nextCursor ?? null}
                  onClear={() => apply({ ...noFilters, sort: filters.sort })}
                />
              </TableMessage>
            )}
          </EventTable>
        </div>
      )}
      <Pagination
        className="mt-3"
        {...turned.pages}
        summary={items.length === 0 ? undefined : `${items.at(0)?.position} to ${items.at(-1)?.position}`}
      />
    </>
  );
}

interface NoEventsProps {
  readonly filters: EventFilters;
  /** The position up to which payloads were searched; null where all was looked at. */
  readonly searchedTo: string | null;
  onClear(): void;
}

function NoEvents({ filters, searchedTo, onClear }: NoEventsProps) {
  if (searchedTo !== null) {
    return (
      <EmptyState
        title="None so far"
        action={<LinkButton href={eventsHref({ ...filters, before: searchedTo })}>Search further</LinkButton>}
      >
        Payloads are searched in parts: none matches as far as position {searchedTo}.
      </EmptyState>
    );
  }
  if (isFiltered(filters)) {
    return (
      <EmptyState title="No events match" action={<Button onClick={onClear}>Clear all filters</Button>}>
        There are events, but none with all of these filters.
      </EmptyState>
    );
  }
  if (filters.before !== null)
    return <NothingFurther sort={filters.sort}>This is the beginning of the history.</NothingFurther>;
  return (
    <EmptyState title="No events yet">The first one appears here as soon as a customer places an order.</EmptyState>
  );
}
