import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { Added, testMetadata } from "../testing/counter.ts";
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

it("a stream is read forward, backward, from a version, up to a version and up to an instant", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await appendEvents(database, append("a", "new", 5));
  const versions = async (range: Parameters<typeof readStream>[2]) =>
    (await readStream(database, "a", range)).map((event) => event.version);
  expect(await versions({})).toEqual([1, 2, 3, 4, 5]);
  expect(await versions({ direction: "backward", limit: 2 })).toEqual([5, 4]);
  expect(await versions({ afterVersion: 3 })).toEqual([4, 5]);
  expect(await versions({ toVersion: 2 })).toEqual([1, 2]);
  const [first] = await readStream(database, "a", { limit: 1 });
  expect(await versions({ until: first?.recordedAt ?? new Date() })).toEqual([1, 2, 3, 4, 5]);
  expect(await versions({ until: new Date((first?.recordedAt.getTime() ?? 0) - 1_000) })).toEqual([]);
});
