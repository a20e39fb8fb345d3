/** The list's filters, as in the address. */
import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { findingKinds, findingStatuses, type FindingKind, type ListedStatus } from "./finding-words.ts";

export const findingFilters = {
  status: parseAsStringLiteral(findingStatuses),
  kind: parseAsStringLiteral(findingKinds),
  /** An id: the page shows the findings before it. */
  before: parseAsString,
};

export const loadFindingFilters = createLoader(findingFilters);
const serialize = createSerializer(findingFilters);

export interface FindingFilters {
  readonly status: ListedStatus | null;
  readonly kind: FindingKind | null;
  readonly before: string | null;
}

export function findingsHref(filters: Partial<FindingFilters>): string {
  return `/reconciliation${serialize(filters)}`;
}

export function listInput({ status, kind, before }: FindingFilters) {
  const cursor = before !== null && /^\d{1,15}$/.test(before) ? before : undefined;
  return { status: status ?? undefined, kind: kind ?? undefined, cursor, limit: 50 };
}
