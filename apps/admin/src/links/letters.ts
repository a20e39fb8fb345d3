/** What the page shows, as it stands in the address: failures by kind, or letters one by one and which of them. */
import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const letterStatuses = ["parked", "retrying", "waiting", "resolved", "discarded", "all"] as const;

export const letterFilters = {
  view: parseAsStringLiteral(["failures", "letters"]).withDefault("failures"),
  consumer: parseAsString,
  fingerprint: parseAsString,
  /** Without it: those that are open. */
  status: parseAsStringLiteral(letterStatuses),
  /** An id: the page shows the letters before it. */
  before: parseAsString,
};

export const loadLetterFilters = createLoader(letterFilters);
const serialize = createSerializer(letterFilters);

export interface LetterFilters {
  readonly view: "failures" | "letters";
  readonly consumer: string | null;
  readonly fingerprint: string | null;
  readonly status: (typeof letterStatuses)[number] | null;
  readonly before: string | null;
}

/** The list of letters, one by one. */
export function lettersHref(filters: Partial<Omit<LetterFilters, "view">> = {}): string {
  return `/dead-letters${serialize({ ...filters, view: "letters" })}`;
}

export const letterHref = (id: string) => `/dead-letters/${id}`;

export function listInput({ consumer, fingerprint, status, before }: LetterFilters) {
  const cursor = before !== null && /^\d{1,15}$/.test(before) ? before : undefined;
  return {
    consumer: consumer ?? undefined,
    fingerprint: fingerprint ?? undefined,
    status: status ?? undefined,
    cursor,
    limit: 50,
  };
}
