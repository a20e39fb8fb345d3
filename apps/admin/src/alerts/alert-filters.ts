/** The page of the list, as in the address. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";
import { ALERTS_SHOWN } from "./sizes.ts";

export const alertFilters = {
  /** The last alert of the page before. */
  after: parseAsString,
};

export const loadAlertFilters = createLoader(alertFilters);
const serialize = createSerializer(alertFilters);

export interface AlertFilters {
  readonly after: string | null;
}

export const alertsHref = (filters: AlertFilters): string => `/alerts${serialize(filters)}`;

export function listInput({ after }: AlertFilters) {
  const cursor = after !== null && /^(open|resolved)~\d{1,15}$/.test(after) ? { cursor: after } : {};
  return { ...cursor, limit: ALERTS_SHOWN };
}
