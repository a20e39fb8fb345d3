/** The audit's filters, as in the address: one definition for server, browser and links. */
import { createLoader, createSerializer } from "nuqs/server";
import { exact, instant, place } from "../console/address.ts";
import { timeOrder, type TimeOrder } from "../console/time-order.ts";

export const auditFilters = {
  actor: exact(),
  action: exact(),
  subject: exact(),
  from: instant,
  to: instant,
  /** The page shows what follows it. */
  before: place,
  sort: timeOrder,
};

export const loadAuditFilters = createLoader(auditFilters);
const serialize = createSerializer(auditFilters);

export interface AuditFilters {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly before: string | null;
  readonly sort: TimeOrder;
}

export const noFilters: AuditFilters = {
  actor: null,
  action: null,
  subject: null,
  from: null,
  to: null,
  before: null,
  sort: "newest",
};

export function auditHref(filters: Partial<AuditFilters>): string {
  return `/audit${serialize(filters)}`;
}

/** The filters as the procedure takes them; what is absent is left out of the request. */
export function listInput({ actor, action, subject, from, to, before, sort }: AuditFilters) {
  return {
    actor: actor ?? undefined,
    action: action ?? undefined,
    subject: subject ?? undefined,
    from: from?.toISOString(),
    to: to?.toISOString(),
    cursor: before ?? undefined,
    order: sort,
    limit: 50,
  };
}
