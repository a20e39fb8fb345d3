import { readFile } from "node:fs/promises";
import { catchUp, publishAll } from "@tillstream/eventing";
import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { placeOrder } from "../../checkout/index.ts";
import { OrderConfirmed, PaymentRefunded } from "../../order/index.ts";
import { requestCancellation } from "../../shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, SKUS } from "../../testing/index.ts";
import { latestSales, salesByDayProjection } from "./sales-by-day.ts";
import type { SalesOfDay } from "./sales-by-day.ts";

interface Sale {
  readonly at: string;
  readonly total: number;
  readonly units: number;
  readonly currency: string;
  /** When it was paid back. */
  readonly refundedAt?: string | undefined;
  /** False for an order whose checkout gave the money back before it was confirmed. */
  readonly confirmed?: boolean;
}

type Recorded = readonly [at: string, event: { type: string; schemaVersion: number; data: unknown }];

function eventsOf({ at, total, units, currency, refundedAt, confirmed = true }: Sale): Recorded[] {
  const order = { orderId: "o", currency };
  const refund = { ...order, chargeId: "ch", refundId: "re", amount: total, creditPart: 0 };
  return [
    ...(confirmed ? [[at, OrderConfirmed.create({ ...order, total, units })] as const] : []),
    ...(refundedAt === undefined ? [] : [[refundedAt, PaymentRefunded.create(refund)] as const]),
  ];
}

/** Orders as history has them, each in its own stream, at whatever time. */
async function record(db: Database, sales: readonly Sale[]): Promise<void> {
  for (const sale of sales) {
    const streamId = `order-${crypto.randomUUID()}`;
    for (const [index, [at, { type, schemaVersion, data }]] of eventsOf(sale).entries()) {
      const version = index + 1;
      const eventId = `${streamId}:${version}`;
      await db.query(sql`
        WITH event AS (
          INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
          VALUES (${eventId}, ${streamId}, 'order', ${version}, ${type}, ${schemaVersion}, ${JSON.stringify(data)}::jsonb, '{}', ${at}::timestamptz)
        )
        INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES (${eventId}, ${type}, ${streamId}, '{}')`);
    }
  }
}

async function project(db: Database, batchSize: number): Promise<void> {
  await publishAll(db);
  await catchUp(db, createLogger("test", "silent"), salesByDayProjection, batchSize);
}

const byDay = (one: SalesOfDay, other: SalesOfDay) =>
  `${one.day}${one.currency}`.localeCompare(`${other.day}${other.currency}`);

const NO_REFUND = { refunds: 0, refunded: 0 };
const NO_SALE = { orders: 0, units: 0, revenue: 0 };
const MIGRATION = new URL(
  "../../../../../prisma/migrations/20261128172500_refunds_by_day/migration.sql",
  import.meta.url,
);

/** Sold on the 1st and paid back on the 3rd, sold and kept, and given back before there was a sale. */
const PAID_BACK: readonly Sale[] = [
  { at: "2026-03-01T10:00:00Z", total: 500, units: 1, currency: "USD", refundedAt: "2026-03-03T23:59:59.999Z" },
  { at: "2026-03-03T10:00:00Z", total: 700, units: 2, currency: "USD" },
  {
    at: "2026-03-01T10:00:00Z",
    total: 900,
    units: 3,
    currency: "USD",
    refundedAt: "2026-03-01T11:00:00Z",
    confirmed: false,
  },
];
const WITH_REFUNDS: readonly SalesOfDay[] = [
  { day: "2026-03-03", currency: "USD", orders: 1, units: 2, revenue: 700, refunds: 1, refunded: 500 },
  { day: "2026-03-01", currency: "USD", orders: 1, units: 1, revenue: 500, ...NO_REFUND },
];

it.each([1, 2, 10])("a refund stands beside the sales of its own day, read %i at a time", async (batchSize) => {
  await using test = await createTestDatabase();
  await record(test.database, PAID_BACK);
  await project(test.database, batchSize);
  expect(await latestSales(test.database, 10)).toEqual(WITH_REFUNDS);
});

it("a day on which money only went back is there", async () => {
  await using test = await createTestDatabase();
  const at = "2026-03-01T10:00:00Z";
  await record(test.database, [{ at, total: 500, units: 1, currency: "USD", refundedAt: "2026-03-02T10:00:00Z" }]);
  await project(test.database, 10);
  const [newest] = await latestSales(test.database, 10);
  expect(newest).toEqual({ day: "2026-03-02", currency: "USD", ...NO_SALE, refunds: 1, refunded: 500 });
});

it("a database from before the refunds gets those that were passed already, and reads the others itself", async () => {
  await using test = await createTestDatabase();
  await record(test.database, PAID_BACK);
  await project(test.database, 10);
  for (const table of ["public.sales_by_day", "rebuild.sales_by_day"])
    await test.pool.query(`ALTER TABLE ${table} DROP COLUMN refunds, DROP COLUMN refunded`);
  await record(test.database, PAID_BACK);
  await publishAll(test.database);
  await test.pool.query(await readFile(MIGRATION, "utf8"));
  expect(await latestSales(test.database, 10)).toEqual(WITH_REFUNDS);
  await project(test.database, 10);
  const doubled = ({ day, currency, ...figures }: SalesOfDay) => ({
    day,
    currency,
    ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure * 2])),
  });
  expect(await latestSales(test.database, 10)).toEqual(WITH_REFUNDS.map(doubled));
});

it("a cancelled order is paid back in the figures, one that sold out at the checkout never was a sale", async () => {
  await using shop = await createTestShop();
  const gateway = createTestGateway();
  const place = async (lines: { sku: string; quantity: number }[]) => {
    const placed = await placeOrder(shop.context(), orderInput({ lines }));
    return placed.orderId;
  };
  const cancelled = await place([{ sku: SKUS.mug, quantity: 2 }]);
  await place([{ sku: SKUS.lamp, quantity: 1 }]);
  for (let index = 0; index < 2; index += 1) await place([{ sku: SKUS.rare, quantity: 2 }]); // of three
  await shop.settle(gateway);
  const before = await latestSales(shop.database, 1);
  expect(before).toMatchObject([{ orders: 3, revenue: 2_400 + 8_900 + 1_000, ...NO_REFUND }]);
  expect(await requestCancellation(shop.context(), cancelled)).not.toHaveProperty("kind");
  await shop.settle(gateway);
  expect(await latestSales(shop.database, 1)).toMatchObject([{ ...before[0], refunds: 1, refunded: 2_400 }]);
});

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
    { day: "2026-03-01", currency: "USD", orders: 2, units: 2, revenue: 501, ...NO_REFUND },
    { day: "2026-03-02", currency: "EUR", orders: 1, units: 3, revenue: 900, ...NO_REFUND },
    { day: "2026-03-02", currency: "USD", orders: 1, units: 2, revenue: 700, ...NO_REFUND },
  ]);
  expect((await latestSales(database, 1)).map(({ day }) => day)).toEqual(["2026-03-02"]);
});

it("whatever was sold and paid back, in batches of any size, the days add up to it", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const instant = fc
    .date({ min: new Date("2026-01-01"), max: new Date("2026-01-04"), noInvalidDate: true })
    .map((date) => date.toISOString());
  const sale = fc.record({
    at: instant,
    total: fc.integer({ min: 0, max: 100_000_000 }),
    units: fc.integer({ min: 1, max: 999 }),
    currency: fc.constantFrom("USD", "EUR"),
    refundedAt: fc.option(instant, { nil: undefined }),
    confirmed: fc.boolean(),
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
        const add = (at: string, currency: string, figures: Partial<SalesOfDay>) => {
          const day = at.slice(0, 10);
          const before = expected.get(day + currency) ?? { day, currency, ...NO_SALE, ...NO_REFUND };
          const sum = (name: keyof typeof NO_SALE | keyof typeof NO_REFUND) => before[name] + (figures[name] ?? 0);
          expected.set(day + currency, {
            day,
            currency,
            orders: sum("orders"),
            units: sum("units"),
            revenue: sum("revenue"),
            refunds: sum("refunds"),
            refunded: sum("refunded"),
          });
        };
        for (const { at, total, units, currency, refundedAt } of all.filter(({ confirmed }) => confirmed)) {
          add(at, currency, { orders: 1, units, revenue: total });
          if (refundedAt !== undefined) add(refundedAt, currency, { refunds: Math.sign(total), refunded: total });
        }
        expect((await latestSales(database, 366)).toSorted(byDay)).toEqual([...expected.values()].toSorted(byDay));
      },
    ),
    { numRuns: 12 },
  );
});
