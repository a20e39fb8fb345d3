import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { Added, testMetadata } from "../testing/counter.ts";
import { createGate } from "../testing/gate.ts";
import { appendEvents, ConcurrencyError } from "./append.ts";
import type { ExpectedVersion } from "./append.ts";
import { readStream } from "./read.ts";

const append = (streamId: string, expectedVersion: ExpectedVersion, count = 1) => ({
  streamId,
  streamType: "counter",
  expectedVersion,
  events: Array.from({ length: count }, () => Added.create({ by: 1 })),
  metadata: testMetadata,
});

it("events and their outbox rows are there together, or not at all", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.transaction((tx) => appendEvents(tx, append("a", "new", 3)));
  await expect(
    database.transaction(async (tx) => {
      await appendEvents(tx, append("b", "new", 2));
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  const outbox = await database.query(
    sql`SELECT event_id, event_type, aggregate_id, published FROM outbox_events ORDER BY id`,
  );
  expect(outbox).toEqual(
    [1, 2, 3].map((version) => ({
      event_id: `a:${version}`,
      event_type: "Added",
      aggregate_id: "a",
      published: false,
    })),
  );
  expect((await readStream(database, "b")).length).toBe(0);
});

it("every expected version is honoured in both directions", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await expect(appendEvents(database, append("a", "exists"))).rejects.toThrow(ConcurrencyError);
  await expect(appendEvents(database, append("a", 1))).rejects.toThrow(ConcurrencyError);
  expect(await appendEvents(database, append("a", "new", 2))).toBe(2);
  await expect(appendEvents(database, append("a", "new"))).rejects.toThrow(ConcurrencyError);
  expect(await appendEvents(database, append("a", "exists"))).toBe(3);
  await expect(appendEvents(database, append("a", 2))).rejects.toThrow(ConcurrencyError);
  await expect(appendEvents(database, append("a", 4))).rejects.toThrow(ConcurrencyError);
  expect(await appendEvents(database, append("a", 3))).toBe(4);
  expect((await readStream(database, "a")).map((event) => event.version)).toEqual([1, 2, 3, 4]);
});

it("of twenty writers that saw the same version exactly one wins", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await appendEvents(database, append("a", "new"));
  const attempts = await Promise.allSettled(
    Array.from({ length: 20 }, () => database.transaction((tx) => appendEvents(tx, append("a", 1)))),
  );
  expect(attempts.filter(({ status }) => status === "fulfilled").length).toBe(1);
  const lost = attempts.filter((attempt) => attempt.status === "rejected").map(({ reason }) => reason as Error);
  expect(lost.every((error) => error instanceof ConcurrencyError)).toBe(true);
  expect((await readStream(database, "a")).length).toBe(2);
});

const times = async (db: SqlExecutor) => (await readStream(db, "a")).map((event) => event.recordedAt.getTime());

it("a transaction that began first and appends last does not set the stream's time back", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await appendEvents(database, append("a", "new"));
  const began = createGate();
  const [slow] = await Promise.all([
    database.transaction(async (tx) => {
      await tx.query(sql`SELECT now()`);
      await began.wait();
      return appendEvents(tx, append("a", "exists", 2));
    }),
    (async () => {
      await began.reached;
      for (let version = 1; version <= 5; version += 1) await appendEvents(database, append("a", version));
      began.open();
    })(),
  ]);
  expect(slow).toBe(8);
  const recorded = await times(database);
  expect(recorded).toEqual(recorded.toSorted((one, other) => one - other));
});

it("a clock that was set back by an hour does not set a stream's time back", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    VALUES ('a:1', 'a', 'counter', 1, 'Added', 1, '{"by": 1}', '{}', now() + interval '1 hour')`);
  await Promise.allSettled(Array.from({ length: 8 }, () => appendEvents(database, append("a", "exists", 2))));
  const recorded = await times(database);
  expect(recorded.length).toBeGreaterThan(2);
  expect(new Set(recorded).size).toBe(1);
});
