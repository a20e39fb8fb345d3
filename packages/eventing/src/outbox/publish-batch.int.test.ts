import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { appendEvents } from "../store/append.ts";
import { readLog } from "../store/read.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { acquireRelayLease } from "./lease.ts";
import type { RelayLease } from "./lease.ts";
import { publishBatch } from "./publish-batch.ts";

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
  const relay = (async () => {
    while (writing) await publishBatch(database, held, 5);
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
