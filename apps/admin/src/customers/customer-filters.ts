/** The search and the page, as in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";
import { searchOf } from "../console/search-of.ts";

const ID_LENGTH_MAX = 200;

export const customerFilters = {
  /** An e-mail address, a name, an order's number, or an id. */
  search: parseAsString,
  /** The last customer of the page before. */
  after: parseAsString,
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

export function listInput({ search, after }: CustomerFilters) {
  const cursor = after === null || after.length > ID_LENGTH_MAX ? undefined : after;
  return { search: searchOf(search), cursor, limit: 50 };
}
