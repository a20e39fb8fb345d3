/** The list's filters, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { choice, place, search } from "../console/address.ts";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const listedStatuses = ["pending", "confirmed", "shipped", "cancelled", "attention"] as const;
export type ListedStatus = (typeof listedStatuses)[number];

export const orderFilters = {
  /** A number, an e-mail address, a name, or one of the ids that an order goes by. */
  search,
  status: choice(listedStatuses),
  /** The cursor of the page: it shows what follows in the list. */
  before: place,
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

export function listInput({ search: typed, status, before, sort }: OrderFilters) {
  return {
    search: typed ?? undefined,
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
