/** The list's filters, as in the address. */
import { createLoader, createSerializer } from "nuqs/server";
import { choice, exact, onOrOff, otherwise, place } from "../console/address.ts";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const sagaStatuses = [
  "running",
  "compensating",
  "completed",
  "compensated",
  "compensation_failed",
  "failed",
  "resolved",
] as const;
export type SagaStatus = (typeof sagaStatuses)[number];

export const sagaFilters = {
  status: choice(sagaStatuses),
  stuck: otherwise(onOrOff, false),
  /** An order's id or number. */
  order: exact(100),
  /** The page shows what follows it. */
  before: place,
  sort: timeOrder,
};

export const loadSagaFilters = createLoader(sagaFilters);
const serialize = createSerializer(sagaFilters);

export interface SagaFilters {
  readonly status: SagaStatus | null;
  readonly stuck: boolean;
  readonly order: string | null;
  readonly before: string | null;
  readonly sort: TimeOrder;
}

export function sagasHref(filters: Partial<SagaFilters>): string {
  return `/sagas${serialize(filters)}`;
}

export function listInput({ status, stuck, order, before, sort }: SagaFilters) {
  return {
    status: status ?? undefined,
    stuck: stuck || undefined,
    subject: order?.trim() || undefined,
    cursor: before ?? undefined,
    order: sort,
    limit: 50,
  };
}
