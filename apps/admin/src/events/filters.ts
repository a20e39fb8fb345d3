/** The event history's filters, as in the address: one definition for server, browser and links. */
import { createLoader, createSerializer } from "nuqs/server";
import { exact, instant, place } from "../console/address.ts";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const eventFilters = {
  type: exact(),
  stream: exact(),
  correlation: exact(),
  actor: exact(),
  /** A field of the payload and its text: `total=1200`. */
  payload: exact(300, "must be a field of the payload and its value, such as total=1200", /^[\w.]+=./),
  from: instant,
  to: instant,
  /** The page shows what follows it. */
  before: place,
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
  return { ...filterInput(filters), cursor: filters.before ?? undefined, order: filters.sort, limit: EVENTS_PER_PAGE };
}

export const EVENTS_PER_PAGE = 50;
