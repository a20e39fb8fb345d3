/** The event history's filters, as in the address: one definition for server, browser and links. */
import { createLoader, createSerializer, parseAsIsoDateTime, parseAsString } from "nuqs/server";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const eventFilters = {
  type: parseAsString,
  stream: parseAsString,
  correlation: parseAsString,
  actor: parseAsString,
  /** A field of the payload and its text: `total=1200`. */
  payload: parseAsString,
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  /** A position: the page shows what follows it. */
  before: parseAsString,
  sort: timeOrder,
};

export const loadEventFilters = createLoader(eventFilters);
const serialize = createSerializer(eventFilters);

export interface EventFilters {
  readonly type: string | null;
  readonly stream: string | null;
  readonly correlation: string | null;
  readonly actor: string | null;
  readonly payload: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly before: string | null;
  readonly sort: TimeOrder;
}

export const noFilters: EventFilters = {
  type: null,
  stream: null,
  correlation: null,
  actor: null,
  payload: null,
  from: null,
  to: null,
  before: null,
  sort: "newest",
};

/** The history's address with these filters, such as everything of one correlation. */
export function eventsHref(filters: Partial<EventFilters>): string {
  return `/events${serialize(filters)}`;
}

export function isFiltered({ before: _, sort: _sort, ...filters }: EventFilters): boolean {
  return Object.values(filters).some((value) => value !== null);
}

/** The filters as the procedures take them; what is absent is left out of the request. */
export function filterInput({ type, stream, correlation, actor, payload, from, to }: EventFilters) {
  return {
    type: type ?? undefined,
    streamId: stream ?? undefined,
    correlationId: correlation ?? undefined,
    actor: actor ?? undefined,
    payload: payload ?? undefined,
    from: from?.toISOString(),
    to: to?.toISOString(),
  };
}

export function listInput(filters: EventFilters) {
  const cursor = filters.before !== null && /^\d{1,15}$/.test(filters.before) ? filters.before : undefined;
  return { ...filterInput(filters), cursor, order: filters.sort, limit: EVENTS_PER_PAGE };
}

export const EVENTS_PER_PAGE = 50;
