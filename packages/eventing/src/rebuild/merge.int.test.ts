import { createLogger, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { listDeadLetters } from "../dead-letters/queries.ts";
import { catchUp } from "../deployment/drain.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import { defineProjection } from "../subscription/projection.ts";
import type { Projection } from "../subscription/projection.ts";
import { Added } from "../testing/counter.ts";
import { untilNothingIsDue } from "../testing/releasing.ts";
import { createDatabaseWithSums, sumsView } from "../testing/sums.ts";
import type { Sum } from "../testing/sums.ts";
import { publish } from "../testing/subscribing.ts";
import { failRebuild, listRebuilds, rebuildNext, requestRebuild } from "./rebuild.ts";

const STREAMS = Array.from({ length: 12 }, (_, index) => `s${String(index).padStart(2, "0")}`);
const POISON = 13;
const BATCH = 100;
const ROWS = 2;

/** Sums per stream. */
const summing = (fails: (by: number) => boolean = () => false) =>
  defineProjection<Sum, readonly [typeof Added]>({
    ...sumsView,
    name: "sums",
    definitions: [Added],
    key: (event) => event.streamId,
    project(row, { streamId, data }) {
      if (fails(data.by)) throw new Error(`cannot take ${data.by}`);
      return { id: streamId, n: (row?.n ?? 0) + data.by };
    },
  });
const sums = summing();

const follow = (db: Database, projection = sums) => catchUp(db, createLogger("test", "silent"), projection, 20);
const next = (db: Database, projection: Projection = sums) =>
  rebuildNext(db, projection, catalogueOf(projection), BATCH, { mergeRows: ROWS });

async function mergeToEnd(db: Database, projection: Projection = sums): Promise<number> {
  let pieces = 1;
  while ((await next(db, projection))?.swapped === false) pieces += 1;
  return pieces;
}

const shown = (db: SqlExecutor) => db.query<Sum>(sql`SELECT id, n FROM sums ORDER BY id`);
/** What the history says. */
const expected = (db: SqlExecutor) =>
  db.query<Sum>(sql`SELECT stream_id AS id, sum((data ->> 'by')::int)::int AS n FROM events GROUP BY 1 ORDER BY 1`);

/** A view with rows that are too low, missing, or of nobody. */
async function spoil(db: Database): Promise<void> {
  await db.query(sql`UPDATE sums SET n = 1 WHERE id IN ('s01', 's05', 's06', 's11')`);
  await db.query(sql`DELETE FROM sums WHERE id IN ('s02', 's07')`);
  await db.query(sql`INSERT INTO sums SELECT 'ghost' || n, 1 FROM generate_series(1, 5) AS n`);
  await db.query(sql`INSERT INTO sums SELECT 'zombie' || n, 1 FROM generate_series(1, 5) AS n`);
}

/** Its transactions are killed at the statement of this number; with 0, none. */
function killedAt(db: Database, statement: number): Database {
  return {
    ...db,
    transaction: (work) =>
      db.transaction((tx) => {
        let count = 0;
        return work({
          async query(...asked) {
            if ((count += 1) === statement) throw new Error("killed");
            return tx.query(...asked);
          },
        });
      }),
  };
}

it("however often the merge is killed, no reader sees less than was shown before, and every event counts once", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  for (let round = 0; round < 4; round += 1) await publish(db, STREAMS, 10);
  await follow(db);
  await spoil(db);
  await requestRebuild(db, [sums], "sums", "test");
  let running = true;
  let [reads, kills, pieces] = [0, 0, 0];

  async function write(): Promise<void> {
    for (let turn = 0; running; turn += 1) {
      await publish(db, [STREAMS[turn % STREAMS.length] ?? ""], 1);
      await follow(db);
    }
  }
  async function read(): Promise<void> {
    const before = new Map<string, number>();
    for (; running; reads += 1) {
      const rows = new Map((await shown(db)).map(({ id, n }) => [id, n]));
      for (const id of STREAMS) {
        expect(rows.get(id) ?? 0).toBeGreaterThanOrEqual(before.get(id) ?? 0);
        before.set(id, rows.get(id) ?? 0);
      }
    }
  }
  async function rebuild(): Promise<void> {
    try {
      for (let statement = 1, swapped = false; !swapped; statement += 1) {
        const progress = await next(killedAt(db, statement)).catch((error: Error) => {
          expect(error.message).toBe("killed");
          kills += 1;
        });
        if (progress === undefined) continue;
        if (progress.merging === true) pieces += 1;
        ({ swapped } = progress);
        statement = 0;
      }
    } finally {
      running = false;
    }
  }
  await Promise.all([write(), read(), rebuild()]);
  await follow(db);
  expect(await shown(db)).toEqual(await expected(db));
  expect(pieces).toBeGreaterThan(STREAMS.length / ROWS);
  expect(kills).toBeGreaterThan(pieces * 10);
  expect(reads).toBeGreaterThan(0);
});

it("the live projection goes on between two pieces, with rows that are merged and rows that are not", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, STREAMS, 10);
  await follow(db);
  await spoil(db);
  await requestRebuild(db, [sums], "sums", "test");
  expect(await next(db)).toEqual({ swapped: false, merging: true });
  expect((await listRebuilds(db))[0]).toMatchObject({ status: "running", merging: true, position: 12 });
  await publish(db, STREAMS, 1);
  expect(await follow(db)).toBe(12);
  const between = await shown(db);
  expect(between.filter(({ id }) => id.startsWith("ghost"))).toHaveLength(3);
  expect(between).toContainEqual({ id: "s02", n: 1 });
  await mergeToEnd(db);
  expect(await shown(db)).toEqual(await expected(db));
});

it("a row of the merge that is parked in the meantime comes back with the next piece, and what was released is not merged twice", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, STREAMS, 10);
  await publish(db, ["s00", "s06"], POISON);
  const broken = summing((by) => by === POISON);
  await follow(db, broken);
  await publish(db, ["s00", "s06", "s11"], 1);
  await follow(db, broken);
  expect((await listDeadLetters(db, { limit: 10 })).map(({ eventId }) => eventId)).toEqual([
    "s06:3",
    "s00:3",
    "s06:2",
    "s00:2",
  ]);
  await requestRebuild(db, [sums], "sums", "test");
  expect(await next(db)).toEqual({ swapped: false, merging: true });
  expect(await listDeadLetters(db, { limit: 10 })).toEqual([]);
  expect(await shown(db)).toEqual(await expected(db));

  // Of a row that is merged and one that is not: one waits for the next piece, the other is released before it.
  await publish(db, ["s00", "s06", "s11"], POISON);
  await follow(db, broken);
  await db.query(
    sql`UPDATE dead_letters SET status = 'parked', next_attempt_at = NULL WHERE status = 'retrying' AND stream_id <> 's06'`,
  );
  await db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
  await untilNothingIsDue(db, sums);
  expect(await listDeadLetters(db, { limit: 10 })).toHaveLength(2);
  await publish(db, ["s00", "s06", "s11"], 1);
  await follow(db, broken);
  expect(await next(db)).toEqual({ swapped: false, merging: true });
  expect(await listDeadLetters(db, { limit: 10 })).toEqual([]);
  expect(await shown(db)).toEqual(await expected(db));
  await mergeToEnd(db);
  expect(await shown(db)).toEqual(await expected(db));
});

it("a rebuild that fails within the merge leaves no event out and none in twice, and the next one starts from the beginning", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, STREAMS, 10);
  await publish(db, ["s00", "s06"], POISON);
  const broken = summing((by) => by === POISON);
  await follow(db, broken);
  await publish(db, ["s06"], 1);
  await follow(db, broken);
  await requestRebuild(db, [sums], "sums", "test");
  await next(db);
  await failRebuild(db, "sums", "of a fault");
  expect((await listRebuilds(db))[0]).toMatchObject({ status: "failed", merging: false });
  await publish(db, STREAMS, 1);
  await untilNothingIsDue(db, sums);
  await follow(db);
  expect(await shown(db)).toEqual(await expected(db));
  await spoil(db);
  await requestRebuild(db, [sums], "sums", "test");
  await mergeToEnd(db);
  expect(await shown(db)).toEqual(await expected(db));
});

it("one piece is merged at a time, also by two workers", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, STREAMS, 10);
  await follow(db);
  await spoil(db);
  await requestRebuild(db, [sums], "sums", "test");
  const pieces = await Promise.all([mergeToEnd(db), mergeToEnd(db), mergeToEnd(db)]);
  expect(Math.max(...pieces)).toBeGreaterThan(1);
  while ((await listRebuilds(db))[0]?.status === "running") await mergeToEnd(db);
  expect(await shown(db)).toEqual(await expected(db));
});

it("a view of nothing but rows of nobody is emptied in pieces", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await spoil(db);
  await requestRebuild(db, [sums], "sums", "test");
  expect(await mergeToEnd(db)).toBeGreaterThan(4);
  expect(await shown(db)).toEqual([]);
});
