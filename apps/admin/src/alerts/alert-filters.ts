/** The page of the list, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { place } from "../console/address.ts";
import { ALERTS_SHOWN } from "./sizes.ts";

export const alertFilters = {
  /** The last alert of the page before. */
  after: place,
};

export const loadAlertFilters = createLoader(alertFilters);
const serialize = createSerializer(alertFilters);

export interface AlertFilters {
  readonly after: string | null;
}

export const alertsHref = (filters: AlertFilters): string => `/alerts${serialize(filters)}`;

export function listInput({ after }: AlertFilters) {
  return { ...(after !== null && { cursor: after }), limit: ALERTS_SHOWN };
}
