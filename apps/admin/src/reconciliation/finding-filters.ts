/** The list's filters, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { choice, place } from "../console/address.ts";
import { findingKinds, findingStatuses, type FindingKind, type ListedStatus } from "./finding-words.ts";

export const findingFilters = {
  status: choice(findingStatuses),
  kind: choice(findingKinds),
  /** The page shows the findings that follow it. */
  before: place,
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
  return { status: status ?? undefined, kind: kind ?? undefined, cursor: before ?? undefined, limit: 50 };
}
