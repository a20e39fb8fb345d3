/**
 * Each order's row against its events, folded by the order's own decider. Page by page, so that memory does not grow
 * with the number of orders.
 */
import { aggregates } from "@tillstream/commerce";
import { readEvent } from "@tillstream/eventing";
import type { AnyAggregate, StoredEvent } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Invariant } from "./invariant.ts";

const PAGE_ORDERS = 2_000;
const BROKEN_MAX = 1_000;
const STREAM_TYPE = "order";

interface OrderRow {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly payment: string;
  readonly stock: string;
  readonly credit: string;
  readonly refunds: readonly FoldedRefund[];
}

interface FoldedRefund {
  readonly refundId: string;
  readonly amount: number;
  /** Of an amount to the card. */
  readonly creditPart?: number;
  readonly status: string;
}

/** The part of the order's state that the row repeats. */
interface FoldedOrder {
  readonly status: string;
  readonly payment: { readonly status: string };
  readonly stock: string;
  readonly creditPart: number;
  readonly creditTaken: boolean;
  readonly refunds: readonly FoldedRefund[];
}

const inWords = (refunds: readonly FoldedRefund[]): string =>
  refunds
    .map(
      ({ refundId, amount, creditPart = 0, status }) =>
        `${refundId} ${amount} (${creditPart} of it as credit) ${status}`,
    )
    .join(" and ") || "no part refunded";

function orderAggregate(): AnyAggregate {
  const found = aggregates.find((aggregate) => aggregate.streamType === STREAM_TYPE);
  if (found === undefined) throw new Error(`no module brings an aggregate ${STREAM_TYPE}`);
  return found;
}

function nextPage(db: SqlExecutor, afterId: string): Promise<OrderRow[]> {
  return db.query<OrderRow>(sql`
    SELECT id, version, status, payment_status AS payment, stock_status AS stock, refunds,
           credit_part || ' of credit' || CASE WHEN credit_taken THEN ' taken' ELSE '' END AS credit
    FROM orders WHERE id > ${afterId} ORDER BY id LIMIT ${PAGE_ORDERS}`);
}

async function eventsOf(db: SqlExecutor, streamIds: readonly string[]): Promise<Map<string, StoredEvent[]>> {
  const events = await db.query<StoredEvent>(sql`
    SELECT event_id AS "eventId", stream_id AS "streamId", stream_type AS "streamType", version, type,
           schema_version AS "schemaVersion", data, metadata, recorded_at AS "recordedAt"
    FROM events WHERE stream_id = ANY(${streamIds}::text[]) ORDER BY stream_id, version`);
  return Map.groupBy(events, ({ streamId }) => streamId);
}

/** What is wrong with the row; undefined when it agrees. An order without events is another invariant's affair. */
function differenceOf(aggregate: AnyAggregate, row: OrderRow, events: readonly StoredEvent[]): string | undefined {
  if (events.length === 0) return undefined;
  try {
    let state: unknown = aggregate.decider.initialState;
    for (const event of events) state = aggregate.decider.evolve(state, readEvent(aggregate, event));
    const folded = state as FoldedOrder; // the order aggregate's state
    const said = [row.status, row.payment, row.stock, row.credit, inWords(row.refunds), row.version].join(", ");
    const credit = `${folded.creditPart} of credit${folded.creditTaken ? " taken" : ""}`;
    const { status, payment, stock, refunds } = folded;
    const history = [status, payment.status, stock, credit, inWords(refunds), events.length].join(", ");
    return said === history ? undefined : `the row says ${said}; its events ${history}`;
  } catch (error) {
    return `its events cannot be read: ${(error as Error).message}`;
  }
}

export const orderRowsInvariant: Invariant = {
  name: "order-rows-follow-events",
  explanation: "each order's row has the status, payment, stock, credit, refunds and version that its events lead to",
  async check(db) {
    const aggregate = orderAggregate();
    const broken: string[] = [];
    let checked = 0;
    for (let afterId = ""; ;) {
      const page = await nextPage(db, afterId);
      const histories = await eventsOf(
        db,
        page.map(({ id }) => aggregate.streamId(id)),
      );
      for (const row of page) {
        const difference = differenceOf(aggregate, row, histories.get(aggregate.streamId(row.id)) ?? []);
        if (difference !== undefined && broken.length < BROKEN_MAX) broken.push(`${row.id}: ${difference}`);
      }
      checked += page.length;
      afterId = page.at(-1)?.id ?? afterId;
      if (page.length < PAGE_ORDERS) return { checked, broken };
    }
  },
};
