import { createTestDatabase } from "@tillstream/db/testing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { appendEvents } from "../store/append.ts";
import { Added, counterEvents, Reset, testMetadata } from "../testing/counter.ts";
import { immediately, publish, publishAll, stepper, subscriptionOptions } from "../testing/subscribing.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { registerSubscription } from "./checkpoint.ts";
import { defineProjection } from "../subscription/projection.ts";
import { runSubscription } from "./runner.ts";
import { waitForPosition, waitForProjection } from "./wait-for.ts";

interface Total {
  readonly total: number;
  readonly lastVersion: number;
}

/** Not commutative (a reset forgets what came before), so that order shows. */
function totals(name: string) {
  return defineProjection<Total, typeof counterEvents>({
    name,
    definitions: counterEvents,
    tables: [],
    key: (event) => event.streamId,
    project: (view = { total: 0, lastVersion: 0 }, event) => ({
      total: event.type === "Added" ? view.total * 2 + event.data.by : 0,
      lastVersion: event.version,
    }),
    load: async (tx, keys) => {
      const rows = await tx.query<{ key: string; view: Total }>(
        sql`SELECT stream_id AS key, state AS view FROM snapshots WHERE stream_id = ANY(${keys.map((key) => `${name}/${key}`)}::text[])`,
      );
      return new Map(rows.map(({ key, view }) => [key.slice(name.length + 1), view]));
    },
    store: async (tx, views) => {
      for (const [key, view] of views) {
        await tx.query(sql`
          INSERT INTO snapshots (stream_id, version, state_version, state) VALUES (${`${name}/${key}`}, 0, 0, ${JSON.stringify(view)}::jsonb)
          ON CONFLICT (stream_id, version) DO UPDATE SET state = excluded.state`);
      }
    },
  });
}

const rowsOf = (db: SqlExecutor, name: string) =>
  db.query(
    sql`SELECT substr(stream_id, ${name.length + 2}::int) AS key, state FROM snapshots WHERE starts_with(stream_id, ${`${name}/`}) ORDER BY key`,
  );

async function catchUp(db: Database, name: string, batchSize: number): Promise<void> {
  const step = stepper(db, totals(name), { batchSize });
  while ((await step()).passed > 0);
}

it("with batches of any size a projection gives the rows that taking the events one by one gives", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  let run = 0;
  const happening = fc.record({ stream: fc.nat(3), by: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 2, max: 40 }),
      async (history, batchSize) => {
        run += 1;
        const versions = new Map<string, number>();
        for (const { stream, by } of history) {
          const streamId = `${run}-${stream}`;
          const version = versions.get(streamId);
          const events = [by === undefined ? Reset.create({}) : Added.create({ by })];
          const expectedVersion = version ?? "new";
          versions.set(
            streamId,
            await appendEvents(database, {
              streamId,
              streamType: "counter",
              expectedVersion,
              events,
              metadata: testMetadata,
            }),
          );
        }
        await publishAll(database);
        await catchUp(database, "one-by-one", 1);
        await catchUp(database, "in-batches", batchSize);
        expect(await rowsOf(database, "in-batches")).toEqual(await rowsOf(database, "one-by-one"));
      },
    ),
    { numRuns: 15 },
  );
});

it("of two workers at one projection each event counts once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await publish(
    database,
    Array.from({ length: 30 }, (_, index) => `s${index % 3}`),
  );
  const step = stepper(database, totals("view"), { batchSize: 4 });
  for (let passed = 1; passed > 0;) {
    const results = await Promise.all([step(), step(), step()]);
    passed = results.reduce((sum, result) => sum + result.passed, 0);
  }
  expect(await rowsOf(database, "view")).toEqual(
    ["s0", "s1", "s2"].map((key) => ({ key, state: { total: 2 ** 10 - 1, lastVersion: 10 } })),
  );
});

it("listeners are told the keys that changed, after the rows are there to be read", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await publish(database, ["a", "b", "a"]);
  const stop = new AbortController();
  const told = Promise.withResolvers<{ projection: string; keys: readonly string[]; rows: Promise<unknown[]> }>();
  const onChanged = (projection: string, keys: readonly string[]) =>
    told.resolve({ projection, keys, rows: rowsOf(database, "view") });
  const running = runSubscription(
    totals("view"),
    subscriptionOptions(database, { signal: stop.signal, scheduler: systemScheduler, onChanged }),
  );
  const { projection, keys, rows } = await told.promise;
  expect([projection, keys]).toEqual(["view", ["a", "b"]]);
  expect((await rows).length).toBe(2);
  stop.abort();
  await running;
});

it("a write can be waited for: its position as soon as it is published, the projection as soon as it has passed it", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await registerSubscription(database, totals("view"));
  expect(await waitForPosition(database, immediately, "a:1")).toBeUndefined(); // the bound, not for ever
  const position = waitForPosition(database, systemScheduler, "a:1");
  await publish(database, ["a"]);
  expect(await position).toBe(1);
  expect(await waitForProjection(database, immediately, "view", 1)).toBe(false);
  const passed = waitForProjection(database, systemScheduler, "view", 1);
  await catchUp(database, "view", 10);
  expect(await passed).toBe(true);
});

it("a subscription names each event type once", () => {
  const twice = defineProjection({ ...totals("twice"), definitions: [Added, Added] } as never);
  expect(() => catalogueOf(twice)).toThrow("defined twice");
});
