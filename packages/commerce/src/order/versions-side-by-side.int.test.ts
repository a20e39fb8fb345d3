/** Orders of an old and of the present version side by side: readers cannot tell which is which. */
import { createTestDatabase } from "@tillstream/db/testing";
import { catchUp, createEventCatalogue, defineEvent, loadAggregate, publishAll } from "@tillstream/eventing";
import type { EventCatalogue, NewEvent, Projection } from "@tillstream/eventing";
import { createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { analyticsModule } from "../analytics/index.ts";
import { OrderCreated, orderEvents } from "./events.ts";
import { orderModule } from "./index.ts";
import { order, orderAggregate } from "./order.ts";

const lines = [{ sku: "MUG", name: "Mug", image: "", quantity: 2, unitPrice: 1_200 }];
const total = 2_400;

/** The same order, its beginning in either version; the rest is what the decider says. */
function history(orderId: string, version: 1 | 3): readonly NewEvent[] {
  const v3 = OrderCreated.create({ orderId, total, currency: "USD", lines, price: null, creditPart: 0 });
  const created = version === 3 ? v3 : { ...v3, schemaVersion: 1, data: { orderId, total, lines } };
  const commands = [
    { type: "recordPayment", chargeId: "ch" },
    { type: "recordReservation", lines },
    { type: "confirm", units: 2 },
  ] as const;
  let state = order.evolve(order.initialState, v3);
  const rest = commands.flatMap((command) => {
    const events = order.decide(command, state);
    if (!Array.isArray(events)) return expect.fail("refused");
    state = events.reduce(order.evolve, state);
    return events;
  });
  return [created, ...rest];
}

/** As the store has it, every event a second after the one before; the same in every database. */
async function record(db: Database, histories: Readonly<Record<string, readonly NewEvent[]>>): Promise<void> {
  for (const [orderId, events] of Object.entries(histories)) {
    const rows = events.map((event, index) => ({
      ...event,
      version: index + 1,
      at: new Date((index + 1) * 1_000).toISOString(),
    }));
    await db.query(sql`
      WITH incoming AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS row(type text, "schemaVersion" int, data jsonb, version int, at timestamptz)
      ), recorded AS (
        INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
        SELECT 'order-' || ${orderId} || ':' || version, 'order-' || ${orderId}, 'order', version, type, "schemaVersion", data, '{}', at FROM incoming
      )
      INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload)
      SELECT 'order-' || ${orderId} || ':' || version, type, 'order-' || ${orderId}, data FROM incoming ORDER BY version`);
  }
  await publishAll(db);
}

const projections: readonly Projection[] = [...orderModule.projections, ...analyticsModule.projections];

async function project(db: Database, catalogue: EventCatalogue): Promise<void> {
  for (const projection of projections) {
    const definitions = projection.definitions.map(
      ({ type }) => catalogue.definitions.get(type) ?? expect.fail(`no ${type}`),
    );
    await catchUp(db, createLogger("test", "silent"), { ...projection, definitions });
  }
}

interface ReadModels {
  readonly tables: Readonly<Record<string, unknown>>;
  readonly states: readonly unknown[];
  readonly parked: number;
}

/** Every row of every read model, and the state of each order. */
async function readModels(
  histories: Readonly<Record<string, readonly NewEvent[]>>,
  catalogue = latest,
): Promise<ReadModels> {
  await using test = await createTestDatabase();
  const { database } = test;
  await record(database, histories);
  await project(database, catalogue);
  const orders = await database.query(sql`SELECT * FROM order_view ORDER BY order_id`);
  const sales = await database.query(sql`SELECT * FROM sales_by_day ORDER BY day, currency`);
  const letters = await database.query(sql`SELECT FROM dead_letters`);
  const aggregate = { ...orderAggregate, catalogue };
  const ids = Object.keys(histories);
  const states = await Promise.all(ids.map((id) => loadAggregate(database, aggregate, `order-${id}`)));
  return { tables: { orders, sales }, states, parked: letters.length };
}

const schemaOf = (version: number) => OrderCreated.schemas[version - 1] ?? expect.fail(`no v${version}`);
const latest = createEventCatalogue(orderEvents);
/** The same schemas, and nothing between them. */
const withoutUpcaster = createEventCatalogue([
  defineEvent("OrderCreated", schemaOf(1))
    .upcastTo(schemaOf(2), (v1) => v1)
    .upcastTo(schemaOf(3), (v2) => v2),
  ...orderEvents.slice(1),
]);

const mixed = { one: history("one", 1), two: history("two", 3), three: history("three", 1) };
const allV3 = { one: history("one", 3), two: history("two", 3), three: history("three", 3) };

it("give the same read models and states as if all had been written in the present version", async () => {
  const [seen, expected] = await Promise.all([readModels(mixed), readModels(allV3)]);
  expect(seen).toEqual(expected);
  expect(seen.parked).toBe(0);
  expect(seen.tables["sales"]).toMatchObject([{ currency: "USD", orders: 3, revenue: 3 * total }]);
});

it("would not, were the upcaster turned off: its orders have no currency", async () => {
  const [seen, expected] = await Promise.all([readModels(mixed, withoutUpcaster), readModels(allV3)]);
  expect(seen).not.toEqual(expected);
  expect(seen.states.map((loaded) => (loaded as { state: { currency?: string } }).state.currency)).toEqual([
    undefined,
    "USD",
    undefined,
  ]);
  expect(seen.tables["orders"]).toMatchObject([{ order_id: "two" }]); // the others could not be written at all
  expect(seen.parked).toBeGreaterThan(0);
});
