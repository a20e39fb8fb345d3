import { catchUp, publishAll } from "@tillstream/eventing";
import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { OrderConfirmed } from "../../order/index.ts";
import { latestSales, salesByDayProjection } from "./sales-by-day.ts";
import type { SalesOfDay } from "./sales-by-day.ts";

interface Sale {
  readonly at: string;
  readonly total: number;
  readonly units: number;
  readonly currency: string;
}

/** Confirmed orders as history has them, at whatever time. */
async function record(db: Database, sales: readonly Sale[]): Promise<void> {
  for (const { at, ...sale } of sales) {
    const { type, schemaVersion, data } = OrderConfirmed.create({ orderId: "o", ...sale });
    await db.query(sql`
      WITH number AS (SELECT count(*)::int + 1 AS n FROM events), event AS (
        INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
        SELECT 's' || n || ':1', 's' || n, 'order', 1, ${type}, ${schemaVersion}::int, ${JSON.stringify(data)}::jsonb, '{}', ${at}::timestamptz FROM number
      )
      INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) SELECT 's' || n || ':1', ${type}, 's' || n, '{}' FROM number`);
  }
}

async function project(db: Database, batchSize: number): Promise<void> {
  await publishAll(db);
  await catchUp(db, createLogger("test", "silent"), salesByDayProjection, batchSize);
}

const byDay = (one: SalesOfDay, other: SalesOfDay) =>
  `${one.day}${one.currency}`.localeCompare(`${other.day}${other.currency}`);

it("a sale counts on its day in UTC, to the millisecond, in its own currency", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await record(database, [
    { at: "2026-03-01T23:59:59.999Z", total: 500, units: 1, currency: "USD" },
    { at: "2026-03-02T00:00:00.000Z", total: 700, units: 2, currency: "USD" },
    { at: "2026-03-02T01:30:00+02:00", total: 1, units: 1, currency: "USD" }, // still the 1st
    { at: "2026-03-02T12:00:00Z", total: 900, units: 3, currency: "EUR" },
  ]);
  await project(database, 10);
  expect((await latestSales(database, 10)).toSorted(byDay)).toEqual([
    { day: "2026-03-01", currency: "USD", orders: 2, units: 2, revenue: 501 },
    { day: "2026-03-02", currency: "EUR", orders: 1, units: 3, revenue: 900 },
    { day: "2026-03-02", currency: "USD", orders: 1, units: 2, revenue: 700 },
  ]);
  expect((await latestSales(database, 1)).map(({ day }) => day)).toEqual(["2026-03-02"]);
});

it("whatever was sold, in batches of any size, the days add up to the sales", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const sale = fc.record({
    at: fc
      .date({ min: new Date("2026-01-01"), max: new Date("2026-01-04"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    total: fc.integer({ min: 0, max: 100_000_000 }),
    units: fc.integer({ min: 1, max: 999 }),
    currency: fc.constantFrom("USD", "EUR"),
  });
  const all: Sale[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.array(sale, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 20 }),
      async (sales, batchSize) => {
        all.push(...sales);
        await record(database, sales);
        await project(database, batchSize);
        const expected = new Map<string, SalesOfDay>();
        for (const { at, total, units, currency } of all) {
          const day = at.slice(0, 10);
          const before = expected.get(day + currency) ?? { day, currency, orders: 0, units: 0, revenue: 0 };
          expected.set(day + currency, {
            day,
            currency,
            orders: before.orders + 1,
            units: before.units + units,
            revenue: before.revenue + total,
          });
        }
        expect((await latestSales(database, 366)).toSorted(byDay)).toEqual([...expected.values()].toSorted(byDay));
      },
    ),
    { numRuns: 12 },
  );
});
