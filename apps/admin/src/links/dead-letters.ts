/** What the page shows, as in the address: failures by kind, or dead letters one by one and which of them. */
import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const deadLetterStatuses = ["parked", "retrying", "waiting", "resolved", "discarded", "all"] as const;

export const deadLetterFilters = {
  view: parseAsStringLiteral(["failures", "letters"]).withDefault("failures"),
  consumer: parseAsString,
  fingerprint: parseAsString,
  /** Without it: those that are open. */
  status: parseAsStringLiteral(deadLetterStatuses),
  /** An id: the page shows the dead letters that follow it. */
  before: parseAsString,
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
  const cursor = before !== null && /^\d{1,15}$/.test(before) ? before : undefined;
  return {
    consumer: consumer ?? undefined,
    fingerprint: fingerprint ?? undefined,
    status: status ?? undefined,
    cursor,
    order: sort,
    limit: 50,
  };
}
