/** The list's filters as they stand in the address. */
import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const listedStatuses = ["pending", "confirmed", "shipped", "cancelled", "attention"] as const;
export type ListedStatus = (typeof listedStatuses)[number];

export const orderFilters = {
  status: parseAsStringLiteral(listedStatuses),
  /** The cursor of the page: it shows what was placed before. */
  before: parseAsString,
};

export const loadOrderFilters = createLoader(orderFilters);
const serialize = createSerializer(orderFilters);

export interface OrderFilters {
  readonly status: ListedStatus | null;
  readonly before: string | null;
}

export function ordersHref(filters: Partial<OrderFilters>): string {
  return `/orders${serialize(filters)}`;
}

export function listInput({ status, before }: OrderFilters) {
  return { status: status ?? undefined, cursor: before ?? undefined, limit: 50 };
}
