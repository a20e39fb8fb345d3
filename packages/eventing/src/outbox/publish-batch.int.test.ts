import { createPool, poolDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { appendEvents } from "../store/append.ts";
import { readLog } from "../store/read.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { createGate } from "../testing/gate.ts";
import { claimExpressions } from "./claim-batch.ts";
import { acquireRelayLease } from "./lease.ts";
import type { RelayLease } from "./lease.ts";
import { createBatchPublisher, publishBatch } from "./publish-batch.ts";

const append = (streamId: string, expectedVersion: number | "new" | "exists") => ({
  streamId,
  streamType: "counter",
  expectedVersion,
  events: [Added.create({ by: 1 })],
  metadata: testMetadata,
});

async function lease(db: Database, owner = "one"): Promise<RelayLease> {
  const acquired = await acquireRelayLease(db, owner);
  if (acquired === undefined) throw new Error("the lease was not free");
  return acquired;
}

async function drain(db: Database, held: RelayLease, batchSize = 7): Promise<void> {
  while ((await publishBatch(db, held, batchSize)).count > 0);
}

it("positions are gapless, each stream in version order, under writers that roll back and one that is slow", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const held = await lease(database);
  let writing = true;
  const publish = createBatchPublisher(database);
  const relay = (async () => {
    while (writing) await publish(held, 5);
    await drain(database, held);
  })();
  let release = () => {};
  const slow = database.transaction(async (tx) => {
    await appendEvents(tx, append("slow", "new"));
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  let committed = 0;
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let turn = 0; turn < 40; turn += 1) {
      const work = database.transaction(async (tx) => {
        await appendEvents(tx, append(`s${writer}`, turn === 0 ? "new" : "exists"));
        if (turn % 10 === 5) throw new Error("abort");
      });
      await work.then(
        () => (committed += 1),
        () => undefined,
      );
    }
  });
  await Promise.all(writers);
  release();
  await slow;
  writing = false;
  await relay;
  const log = await readLog(database, 0, 10_000);
  expect(log.length).toBe(committed + 1);
  expect(log.map((event) => event.position)).toEqual(log.map((_, index) => index + 1));
  for (const stream of new Set(log.map((event) => event.streamId))) {
    const versions = log.filter((event) => event.streamId === stream).map((event) => event.version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }
});

it("an event that commits after later ones is published, where a reader by id would have lost it", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const held = await lease(database);
  const naive = { seen: new Set<string>(), after: 0 };
  const poll = async () => {
    const rows = await database.query<{ id: number; event_id: string }>(
      sql`SELECT id, event_id FROM outbox_events WHERE id > ${naive.after} ORDER BY id`,
    );
    for (const row of rows) naive.seen.add(row.event_id);
    naive.after = rows.at(-1)?.id ?? naive.after;
  };
  let release = () => {};
  let begun = () => {};
  const writing = new Promise<void>((resolve) => (begun = resolve));
  const late = database.transaction(async (tx) => {
    await appendEvents(tx, append("late", "new"));
    begun();
    await new Promise<void>((resolve) => (release = resolve));
  });
  await writing;
  await database.transaction((tx) => appendEvents(tx, append("early", "new")));
  await drain(database, held);
  await poll();
  release();
  await late;
  await drain(database, held);
  await poll();
  expect([...naive.seen]).toEqual(["early:1"]); // the harness can fail: this is what the naive reader sees
  expect((await readLog(database, 0, 10)).map((event) => event.eventId)).toEqual(["early:1", "late:1"]);
});

it("a live lease is not taken over, an expired one is, and its old owner then publishes nothing", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const old = await lease(database, "old");
  expect(await acquireRelayLease(database, "new")).toBeUndefined();
  await database.query(sql`UPDATE relay_leases SET expires_at = now() - interval '1 second'`);
  const taken = await lease(database, "new");
  expect(taken.epoch).toBe(old.epoch + 1);
  await appendEvents(database, append("a", "new"));
  expect(await publishBatch(database, old, 10)).toMatchObject({ owned: false, count: 0 });
  expect(await readLog(database, 0, 10)).toEqual([]);
  expect(await publishBatch(database, taken, 10)).toMatchObject({ owned: true, count: 1 });
});

it("two relays at once publish every event once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  for (const stream of Array.from({ length: 60 }, (_, index) => `s${index}`))
    await appendEvents(database, append(stream, "new"));
  const first = await lease(database, "first");
  const running = drain(database, first, 1);
  const rows = await database.query<RelayLease>(sql`
    UPDATE relay_leases SET owner = 'second', epoch = epoch + 1 RETURNING owner, epoch`);
  const second = rows[0] ?? first;
  await Promise.all([running, drain(database, second, 3)]);
  const log = await readLog(database, 0, 100);
  expect(log.map((event) => event.position)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect(new Set(log.map((event) => event.eventId)).size).toBe(60);
});

it("beside a transaction that idles, a batch passes by what was just published, and not by all that ever was", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const held = await lease(database);
  let through: SqlExecutor = database;
  const publish = createBatchPublisher({ query: (statement) => through.query(statement) });
  const soFar = async (tx: SqlExecutor) => {
    const [row] = await tx.query<{ looked: number }>(sql`
      SELECT pg_stat_get_xact_tuples_returned('outbox_events_unpublished'::regclass)::float8 AS looked`);
    return row?.looked ?? 0;
  };
  /** How many entries of the index of unpublished rows a search looks at, right after another: one that follows a pause may look at all. */
  const looked = (search: (tx: SqlExecutor) => Promise<unknown>) =>
    database.transaction(async (tx) => {
      through = tx;
      await search(tx);
      const before = await soFar(tx);
      await search(tx);
      return (await soFar(tx)) - before;
    });
  const idle = createGate();
  const idling = database.transaction(async (tx) => {
    await tx.query(sql`SELECT pg_current_xact_id()`);
    await idle.wait();
  });
  await idle.reached;
  const events = Array.from({ length: 1_000 }, () => Added.create({ by: 1 }));
  for (let stream = 0; stream < 5; stream += 1)
    await appendEvents(database, { ...append(`many-${stream}`, "new"), events });
  while ((await publish(held, 500)).count > 0);
  expect(await looked((tx) => publishBatch(tx, held, 500))).toBeGreaterThan(4_000);
  // The horizon moves with the database's clock: once it is above these, a search passes by next to none of them.
  await vi.waitFor(async () => expect(await looked(() => publish(held, 500))).toBeLessThan(500));
  through = database;
  await appendEvents(database, append("late", "new"));
  expect(await publish(held, 500)).toMatchObject({ count: 1 });
  idle.open();
  await idling;
});

it("a late row below the horizon comes before the later versions of its stream, whatever is searched", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const held = await lease(database);
  const publish = createBatchPublisher(database);
  await appendEvents(database, append("early", "new"));
  await appendEvents(database, append("late", "new"));
  // Not there yet, as of a transaction that is still open: its row is taken out of sight and comes back below the horizon.
  await database.query(sql`UPDATE outbox_events SET published = true WHERE event_id = 'late:1'`);
  await publish(held, 10);
  const far = { floor: 1_000_000, wholeAgainAt: Number.MAX_SAFE_INTEGER, before: 0, reached: 0, movedAt: 0 };
  await appendEvents(database, append("late", 1));
  await database.query(sql`UPDATE outbox_events SET published = false WHERE event_id = 'late:1'`);
  const [seen] = await database.query<{ gap: boolean; batch: number }>(sql`
    WITH ${claimExpressions(held, 10, { ...far, floor: 2 })}
    SELECT EXISTS (SELECT FROM gap) AS gap, (SELECT count(*)::int FROM batch) AS batch`);
  expect(seen).toEqual({ gap: true, batch: 0 });
  await drain(database, held);
  expect((await readLog(database, 0, 10)).map(({ eventId }) => eventId)).toEqual(["early:1", "late:1", "late:2"]);
});

it("each connection plans the statement a few times, and not on every call", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const held = await lease(database);
  await appendEvents(database, append("first", "new"));
  await drain(database, held);
  // Rows as a busy minute leaves them behind: published, and not all cleared out of the index of those that are not.
  await database.query(sql`
    INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload)
    SELECT 'past:' || n, 'Added', 'past-' || n, '{}' FROM generate_series(1, 20000) AS n`);
  await database.query(sql`ANALYZE outbox_events`);
  await database.query(sql`UPDATE outbox_events SET published = true, published_at = now()`);
  const pool = createPool({ url: test.url, max: 1, applicationName: "test" });
  try {
    const { query, transaction } = poolDatabase(pool);
    const publish = createBatchPublisher({ query });
    await publish(held, 100);
    for (let turn = 0; turn < 30; turn += 1) {
      await transaction((tx) => appendEvents(tx, append("first", turn + 1)));
      await publish(held, 100);
    }
    const plans = await query(sql`
      SELECT custom_plans::int AS custom, generic_plans::int > 10 AS reused
      FROM pg_prepared_statements WHERE statement LIKE '%marked AS%'`);
    expect(plans).toEqual([{ custom: 5, reused: true }]);
  } finally {
    await pool.end();
  }
});
