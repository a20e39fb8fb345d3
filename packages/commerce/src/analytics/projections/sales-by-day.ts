/**
 * `sales_by_day`: confirmed orders, units and revenue for each UTC day and currency, and what went back on that day. A refund
 * counts on the day of the refund, not of its sale: a day that is over does not change. What a checkout gives back before the
 * order is confirmed does not refund a sale. Each batch adds what it brought, in the transaction of its checkpoint.
 */
import { defineProjection } from "@tillstream/eventing";
import type { EventOf } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { OrderConfirmed, PaymentRefunded, RefundCompleted } from "../../order/index.ts";

export interface SalesOfDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units. */
  readonly revenue: number;
  /** How often money of a confirmed order went back, as a whole or in parts. */
  readonly refunds: number;
  /** Minor units. */
  readonly refunded: number;
}

const definitions = [OrderConfirmed, PaymentRefunded, RefundCompleted] as const;
type SalesEvent = EventOf<typeof definitions>;

const NOTHING = { orders: 0, units: 0, revenue: 0, refunds: 0, refunded: 0 };

const dayOf = ({ recordedAt }: SalesEvent): string => recordedAt.toISOString().slice(0, 10);

/** A refund by itself, by its order's stream: each is checked for whether it refunds a sale. */
function keyOf(event: SalesEvent): string {
  const key = `${dayOf(event)}/${event.data.currency}`;
  return event.type === "OrderConfirmed" ? key : `${key}/${event.streamId}`;
}

/** What the batch adds to a day; a refund of what was never sold adds nothing, nor does one of nothing after all parts. */
function project(added: SalesOfDay | undefined, event: SalesEvent): SalesOfDay | undefined {
  if (event.type !== "OrderConfirmed") {
    const { amount } = event.data;
    return added && { ...added, refunds: added.refunds + Math.sign(amount), refunded: added.refunded + amount };
  }
  const { currency, total, units } = event.data;
  const before = added ?? { day: dayOf(event), currency, ...NOTHING };
  return { ...before, orders: before.orders + 1, units: before.units + units, revenue: before.revenue + total };
}

/** Zero, for each refund whose order was confirmed: its history says so, before the refund. */
async function load(tx: SqlExecutor, keys: readonly string[]): Promise<Map<string, SalesOfDay>> {
  const refunds = keys.flatMap((key) => {
    const [day = "", currency = "", ...stream] = key.split("/");
    return stream.length === 0 ? [] : [{ key, day, currency, streamId: stream.join("/") }];
  });
  if (refunds.length === 0) return new Map();
  const streamIds = refunds.map(({ streamId }) => streamId);
  const sold = await tx.query<{ streamId: string }>(sql`
    SELECT stream_id AS "streamId" FROM events WHERE stream_id = ANY(${streamIds}::text[]) AND type = ${OrderConfirmed.type}`);
  const confirmed = new Set(sold.map(({ streamId }) => streamId));
  return new Map(
    refunds
      .filter(({ streamId }) => confirmed.has(streamId))
      .map(({ key, day, currency }) => [key, { day, currency, ...NOTHING }]),
  );
}

async function store(tx: SqlExecutor, added: ReadonlyMap<string, SalesOfDay>): Promise<void> {
  await tx.query(sql`
    INSERT INTO sales_by_day AS sales (day, currency, orders, units, revenue, refunds, refunded)
    SELECT day, currency, sum(orders), sum(units), sum(revenue), sum(refunds), sum(refunded)
    FROM jsonb_to_recordset(${JSON.stringify([...added.values()])}::jsonb)
      AS added(day date, currency text, orders int, units int, revenue bigint, refunds int, refunded bigint)
    GROUP BY day, currency ORDER BY day, currency
    ON CONFLICT (day, currency) DO UPDATE SET
      orders = sales.orders + excluded.orders, units = sales.units + excluded.units, revenue = sales.revenue + excluded.revenue,
      refunds = sales.refunds + excluded.refunds, refunded = sales.refunded + excluded.refunded`);
}

export const salesByDayProjection = defineProjection<SalesOfDay, typeof definitions>({
  name: "sales_by_day",
  definitions,
  tables: ["sales_by_day"],
  key: keyOf,
  leadingKey: (key) => key.split("/", 1)[0] ?? key,
  project,
  load,
  store,
});

/** The latest days with sales or refunds, newest first. */
export async function latestSales(db: SqlExecutor, days: number): Promise<SalesOfDay[]> {
  return db.query<SalesOfDay>(sql`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, currency, orders, units, revenue, refunds, refunded
    FROM sales_by_day ORDER BY sales_by_day.day DESC LIMIT ${days}`);
}
