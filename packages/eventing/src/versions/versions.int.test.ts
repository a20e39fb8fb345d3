import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, repeat, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { appendEvents } from "../store/append.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { publish, publishAll } from "../testing/subscribing.ts";
import { countNextVersions } from "./count-versions.ts";
import { versionCount } from "./follow-versions.ts";
import { safeToDrop } from "./safe-to-drop.ts";
import { versionShares } from "./version-shares.ts";

const EVENTS = 100_000;

/** Three types in up to three versions, over the last three days, in no order of time; published as the relay would. */
async function insertHistory(db: SqlExecutor, count: number): Promise<void> {
  await db.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    SELECT 's' || n || ':1', 's' || n, 'test', 1, 'Type' || (n % 3), 1 + (n::bigint * 7919 % 10)::int / (4 + n % 3), '{}', '{}',
           now() - (n::bigint * 104729 % 259200) * interval '1 second'
    FROM generate_series(1, ${count}::int) n`);
  await db.query(sql`
    INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
    SELECT row_number() OVER (ORDER BY event_id), event_id, stream_id, type, recorded_at FROM events`);
  await db.query(sql`UPDATE event_log_head SET position = ${count}`);
}

/** The same by counting all events; both in one transaction, so that "24 hours ago" is the same instant. */
async function sharesAndCount(db: Database) {
  return db.transaction(async (tx) => {
    await tx.query(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
    const shares = await versionShares(tx);
    const counted = await tx.query(sql`
      SELECT type, schema_version AS "schemaVersion", count(*)::int AS count,
             (count(*) FILTER (WHERE recorded_at >= now() - interval '24 hours'))::int AS "countLastDay",
             min(recorded_at) AS "firstSeen", max(recorded_at) AS "lastSeen"
      FROM events GROUP BY 1, 2 ORDER BY 1, 2`);
    return { shares, counted };
  });
}

async function expectEqual(db: Database): Promise<void> {
  const { shares, counted } = await sharesAndCount(db);
  expect(shares).toMatchObject(counted);
  for (const type of new Set(shares.map((share) => share.type))) {
    const ofType = shares.filter((share) => share.type === type);
    const total = ofType.reduce((sum, { count }) => sum + count, 0);
    for (const { share, count } of ofType) expect(share).toBeCloseTo(count / total, 12);
    expect([0, 1]).toContain(Math.round(ofType.reduce((sum, { shareLastDay }) => sum + shareLastDay, 0) * 1e9) / 1e9);
  }
}

it(`of ${EVENTS} mixed events the shares equal a count by SQL, before, while and after they are counted`, async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await insertHistory(database, EVENTS);
  await expectEqual(database);
  expect((await versionShares(database)).length).toBeGreaterThan(6);
  for (let batch = 0; batch < 3; batch += 1) expect(await countNextVersions(database, 7_001)).toBe(7_001);
  await expectEqual(database);
  while ((await countNextVersions(database, 20_000)) > 0);
  await expectEqual(database);
  expect(await database.query(sql`SELECT sum(count) AS count FROM event_versions`)).toEqual([
    { count: String(EVENTS) },
  ]);
});

it("counts an event as soon as it is written, published or not, and each once, even when several count at the same time", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const streams = Array.from({ length: 40 }, (_, index) => `s${index}`);
  await publish(database, streams);
  await Promise.all(streams.map(() => countNextVersions(database, 3)));
  await expectEqual(database);
  const events = [Added.create({ by: 1 })];
  await appendEvents(database, {
    streamId: "late",
    streamType: "counter",
    expectedVersion: "new",
    events,
    metadata: testMetadata,
  });
  expect(await versionShares(database)).toMatchObject([{ type: "Added", count: 41, countLastDay: 41, share: 1 }]);
  await publishAll(database);
  await expectEqual(database);
  await Promise.all(streams.map(() => countNextVersions(database, 3)));
  while ((await countNextVersions(database, 3)) > 0);
  expect(await versionShares(database)).toMatchObject([{ count: 41 }]);
  await expectEqual(database);
});

it("is right at any moment, while events are written, published and counted", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  let writing = true;
  const write = async (writer: number) => {
    for (let index = 0; index < 40; index += 1) {
      const events = [{ type: "Added", schemaVersion: 1 + (index % 3), data: {} }];
      const streamId = `w${writer}-${index}`;
      await appendEvents(database, {
        streamId,
        streamType: "counter",
        expectedVersion: "new",
        events,
        metadata: testMetadata,
      });
    }
  };
  const whileWriting = async (work: () => Promise<unknown>) => {
    while (writing) await work();
  };
  const background = [
    whileWriting(() => publishAll(database)),
    whileWriting(() => countNextVersions(database, 2)),
    whileWriting(() => countNextVersions(database, 5)),
    whileWriting(() => expectEqual(database)),
  ];
  await Promise.all([1, 2, 3, 4].map(write));
  writing = false;
  await Promise.all(background);
  expect((await versionShares(database)).reduce((sum, { count }) => sum + count, 0)).toBe(160);
  await expectEqual(database);
});

it("the loop counts what is published, goes on after Postgres failed it, and forgets hours that nobody asks for", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.query(sql`
    INSERT INTO event_version_hours (type, schema_version, hour, count) VALUES ('Old', 1, now() - interval '3 days', 5)`);
  const stop = new AbortController();
  let failures = 2;
  const flaky: Database = {
    ...database,
    query: (statement) =>
      (failures -= 1) >= 0 ? Promise.reject(new Error("Connection terminated")) : database.query(statement),
  };
  const scheduler = { ...systemScheduler, sleep: () => systemScheduler.sleep(1) };
  const running = repeat(versionCount, {
    db: flaky,
    logger: createLogger("test", "silent"),
    scheduler,
    signal: stop.signal,
  });
  await publish(database, ["a", "b"]);
  const counted = () => database.query(sql`SELECT count::int FROM event_versions`);
  await vi.waitFor(async () => expect(await counted()).toEqual([{ count: 2 }]));
  stop.abort();
  await running;
  expect(await database.query(sql`SELECT type FROM event_version_hours`)).toEqual([{ type: "Added" }]);
});

it("a version may be dropped only when no event of it or of an earlier one is stored", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const Latest = { type: "Added", latestVersion: 3 };
  const verdicts = async () => {
    const shares = await versionShares(database);
    return [1, 2, 3].map((version) => safeToDrop(Latest, version, shares).safe);
  };
  expect(await verdicts()).toEqual([true, true, false]);
  const append = (streamId: string, schemaVersion: number) =>
    appendEvents(database, {
      streamId,
      streamType: "counter",
      expectedVersion: "new",
      events: [{ type: "Added", schemaVersion, data: {} }],
      metadata: testMetadata,
    });
  await append("third", 3);
  expect(await verdicts()).toEqual([true, true, false]);
  await append("second", 2);
  expect(await verdicts()).toEqual([true, false, false]);
  await append("first", 1);
  expect(await verdicts()).toEqual([false, false, false]);
  const shares = await versionShares(database);
  expect(safeToDrop(Latest, 2, shares).reason).toMatch(
    /^1 of v1 and 1 of v2 are stored, the newest from \d{4}-.*: they could no longer be read\.$/,
  );
  expect(safeToDrop(Latest, 3, shares).reason).toBe("v3 is the version that is written.");
  expect(safeToDrop({ ...Latest, type: "Other" }, 2, shares)).toEqual({
    safe: true,
    reason: "No event of v2 or before is stored.",
  });
});
