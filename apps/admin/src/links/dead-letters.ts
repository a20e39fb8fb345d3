/** What the page shows, as in the address: failures by kind, or dead letters one by one and which of them. */
import { createLoader, createSerializer } from "nuqs/server";
import { choice, exact, otherwise, place } from "../console/address.ts";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const deadLetterStatuses = ["parked", "retrying", "waiting", "resolved", "discarded", "all"] as const;

export const deadLetterFilters = {
  view: otherwise<DeadLetterFilters["view"]>(choice(["failures", "letters"]), "failures"),
  consumer: exact(),
  fingerprint: exact(),
  /** Without it: those that are open. */
  status: choice(deadLetterStatuses),
  /** The page shows the dead letters that follow it. */
  before: place,
  sort: timeOrder,
};

export const loadDeadLetterFilters = createLoader(deadLetterFilters);
const serialize = createSerializer(deadLetterFilters);

export interface DeadLetterFilters {
  readonly view: "failures" | "letters";
  readonly consumer: string | null;
  readonly fingerprint: string | null;
  readonly status: (typeof deadLetterStatuses)[number] | null;
  readonly before: string | null;
  readonly sort: TimeOrder;
}

/** The list of dead letters, one by one. */
export function deadLettersHref(filters: Partial<Omit<DeadLetterFilters, "view">> = {}): string {
  return `/dead-letters${serialize({ ...filters, view: "letters" })}`;
}

/** The list as its file is asked for, which has no view and no page. */
export const deadLettersOfFile = (filters: DeadLetterFilters): string =>
  `/dead-letters${serialize({ ...filters, view: null, before: null })}`;

export const deadLetterHref = (id: string) => `/dead-letters/${id}`;

export function listInput({ consumer, fingerprint, status, before, sort }: DeadLetterFilters) {
  return {
    consumer: consumer ?? undefined,
    fingerprint: fingerprint ?? undefined,
    status: status ?? undefined,
    cursor: before ?? undefined,
    order: sort,
    limit: 50,
  };
}
