/** `sales_by_day`: confirmed orders, units and revenue for each UTC day and currency. */
import { defineProjection } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { OrderConfirmed } from "../../order/index.ts";

export interface SalesOfDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units. */
  readonly revenue: number;
}

async function load(tx: SqlExecutor, keys: readonly string[]): Promise<Map<string, SalesOfDay>> {
  const rows = await tx.query<SalesOfDay>(sql`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, currency, orders, units, revenue FROM sales_by_day
    WHERE to_char(day, 'YYYY-MM-DD') || '/' || currency = ANY(${keys}::text[])`);
  return new Map(rows.map((row) => [`${row.day}/${row.currency}`, row]));
}

async function store(tx: SqlExecutor, views: ReadonlyMap<string, SalesOfDay>): Promise<void> {
  await tx.query(sql`
    INSERT INTO sales_by_day (day, currency, orders, units, revenue)
    SELECT day, currency, orders, units, revenue FROM jsonb_to_recordset(${JSON.stringify([...views.values()])}::jsonb)
      AS sales(day date, currency text, orders int, units int, revenue bigint)
    ON CONFLICT (day, currency) DO UPDATE SET orders = excluded.orders, units = excluded.units, revenue = excluded.revenue`);
}

export const salesByDayProjection = defineProjection<SalesOfDay, readonly [typeof OrderConfirmed]>({
  name: "sales_by_day",
  definitions: [OrderConfirmed],
  tables: ["sales_by_day"],
  key: (event) => `${event.recordedAt.toISOString().slice(0, 10)}/${event.data.currency}`,
  project(view, event) {
    const { currency, total, units } = event.data;
    const day = event.recordedAt.toISOString().slice(0, 10);
    const before = view ?? { day, currency, orders: 0, units: 0, revenue: 0 };
    return { ...before, orders: before.orders + 1, units: before.units + units, revenue: before.revenue + total };
  },
  load,
  store,
});

/** The latest days with sales, newest first. */
export async function latestSales(db: SqlExecutor, days: number): Promise<SalesOfDay[]> {
  return db.query<SalesOfDay>(sql`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, currency, orders, units, revenue FROM sales_by_day ORDER BY sales_by_day.day DESC LIMIT ${days}`);
}
