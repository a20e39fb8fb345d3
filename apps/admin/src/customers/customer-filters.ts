/** The search and the page, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { place, search } from "../console/address.ts";

export const customerFilters = {
  /** An e-mail address, a name, an order's number, or an id. */
  search,
  /** The last customer of the page before. */
  after: place,
};

export const loadCustomerFilters = createLoader(customerFilters);
const serialize = createSerializer(customerFilters);

export interface CustomerFilters {
  readonly search: string | null;
  readonly after: string | null;
}

export function customersHref(filters: Partial<CustomerFilters>): string {
  return `/customers${serialize(filters)}`;
}

export function listInput({ search: typed, after }: CustomerFilters) {
  return { search: typed ?? undefined, cursor: after ?? undefined, limit: 50 };
}
