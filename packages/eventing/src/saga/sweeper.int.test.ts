import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { tripRun, tripSaga } from "../testing/trip-saga.ts";
import { beginRun } from "./state.ts";
import { sweepOnce } from "./sweeper.ts";

const BACKLOG = 500;
/** More than are looked at. */
const FOREIGN = 1_001;
const trip = tripSaga([]);

/** Runs whose first step has been due for a minute. */
async function beginBacklog(db: Database, runs: number, saga = trip): Promise<void> {
  await db.transaction(async (tx) => {
    for (let run = 0; run < runs; run += 1)
      await beginRun(tx, saga, { ...tripRun, subject: `${run}${saga === trip ? "" : " of another"}` });
  });
  await db.query(sql`UPDATE saga_steps SET run_at = now() - interval '1 minute' WHERE status = 'pending'`);
}

const jobs = (db: Database) =>
  db.query<{ id: string; key: string }>(sql`SELECT id::text, key FROM graphile_worker.jobs ORDER BY id`);
const alter = (db: Database, change: Sql) => db.query(sql`UPDATE graphile_worker._private_jobs SET ${change}`);

it(`${BACKLOG} steps whose jobs wait for their turn are not queued again`, async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await beginBacklog(database, BACKLOG);
  const before = await jobs(database);
  expect(before.length).toBe(BACKLOG);
  expect(await sweepOnce(database, [trip])).toBe(0);
  expect(await jobs(database)).toEqual(before);
});

it("behind a long backlog a lost step is queued again, and no other", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await beginBacklog(database, BACKLOG);
  await database.query(sql`DELETE FROM graphile_worker._private_jobs WHERE key = 'saga:trip:7:flight:action'`);
  expect(await sweepOnce(database, [trip])).toBe(1);
  expect(await sweepOnce(database, [trip])).toBe(0);
  expect((await jobs(database)).map(({ key }) => key)).toContain("saga:trip:7:flight:action");
});

it.for([
  ["has just been fetched", sql`locked_at = now(), locked_by = 'a worker'`, 0],
  [
    "was fetched by a worker that is dead",
    sql`locked_at = now() - interval '6 seconds', locked_by = 'a dead worker'`,
    1,
  ],
  [
    "was fetched by a worker that is dead before the clock went back",
    sql`locked_at = now() + interval '1 hour', locked_by = 'a dead worker'`,
    1,
  ],
  ["was queued before the clock went back", sql`run_at = now() + interval '1 hour'`, 1],
  ["has failed too often", sql`attempts = max_attempts`, 1],
  ["failed and is to be tried again later", sql`attempts = 3, run_at = now() + interval '20 seconds'`, 1],
] as const)("a step whose job %s", async ([, change, swept]) => {
  await using test = await createTestDatabase();
  const { database } = test;
  await beginBacklog(database, 1);
  await alter(database, change);
  expect(await sweepOnce(database, [trip])).toBe(swept);
  expect(await sweepOnce(database, [trip])).toBe(0);
  const due = await database.query(
    sql`SELECT FROM graphile_worker.jobs WHERE key IS NOT NULL AND (locked_at IS NOT NULL OR attempts < max_attempts AND run_at <= now())`,
  );
  expect(due.length).toBe(1);
});

it("a step whose owner is dead is queued once, however long the job then waits", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await beginBacklog(database, 1);
  await database.query(
    sql`UPDATE saga_steps SET status = 'running', lease_expires_at = now() - interval '1 second' WHERE status = 'pending'`,
  );
  await alter(database, sql`locked_at = now() - interval '11 seconds', locked_by = 'a dead worker'`);
  expect(await sweepOnce(database, [trip])).toBe(1);
  expect(await sweepOnce(database, [trip])).toBe(0);
});

it.each([
  ["pending", sql`status = 'pending'`],
  ["whose owner is dead", sql`status = 'running', lease_expires_at = now() - interval '1 hour'`],
])(
  "steps %s of a definition that this worker does not have, or has changed, are neither queued nor in the way",
  async (_, change) => {
    await using test = await createTestDatabase();
    const { database } = test;
    await beginBacklog(database, FOREIGN, { ...trip, steps: trip.steps.slice(1) });
    await beginBacklog(database, 1);
    await database.query(
      sql`UPDATE saga_steps SET run_at = run_at - interval '1 hour', ${change} WHERE status = 'pending' AND saga_id LIKE '% of another'`,
    );
    await database.query(sql`UPDATE saga_steps SET ${change} WHERE status = 'pending'`);
    await database.query(sql`DELETE FROM graphile_worker._private_jobs`);
    expect(await sweepOnce(database, [{ ...trip, version: 2 }])).toBe(0);
    expect(await sweepOnce(database, [trip])).toBe(1);
    expect((await jobs(database)).map(({ key }) => key)).toEqual(["saga:trip:0:flight:action"]);
  },
);
