/** The list's filters, as in the address. */
import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { searchOf } from "../console/search-of.ts";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const listedStatuses = ["pending", "confirmed", "shipped", "cancelled", "attention"] as const;
export type ListedStatus = (typeof listedStatuses)[number];

export const orderFilters = {
  /** A number, an e-mail address, a name, or one of the ids that an order goes by. */
  search: parseAsString,
  status: parseAsStringLiteral(listedStatuses),
  /** The cursor of the page: it shows what follows in the list. */
  before: parseAsString,
  sort: timeOrder,
};

export const loadOrderFilters = createLoader(orderFilters);
const serialize = createSerializer(orderFilters);

export interface OrderFilters {
  readonly search: string | null;
  readonly status: ListedStatus | null;
  readonly before: string | null;
  readonly sort: TimeOrder;
}

export function ordersHref(filters: Partial<OrderFilters>): string {
  return `/orders${serialize(filters)}`;
}

export function listInput({ search, status, before, sort }: OrderFilters) {
  return {
    search: searchOf(search),
    status: status ?? undefined,
    cursor: before ?? undefined,
    order: sort,
    limit: 50,
  };
}

export const orderColumns = [
  "Order",
  "Status",
  "Customer",
  "Steps",
  "Items",
  "Total",
  "Why cancelled",
  "Placed",
] as const;
