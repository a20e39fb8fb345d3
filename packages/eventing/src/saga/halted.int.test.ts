import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { driveTrip, tripRun, tripSaga } from "../testing/trip-saga.ts";
import type { Saga } from "./definition.ts";
import { countHalted, groupHaltedRuns, retryHalted } from "./halted.ts";
import { listSagaActions, retryStep } from "./operate.ts";
import { beginRun } from "./state.ts";

const OPERATOR = { actor: "user:op", reason: "the hotel is back" };
const UNDO_HOTEL = { name: "trip", step: "hotel", kind: "compensation", code: "UNAVAILABLE" } as const;

/** So many runs that halted while their hotel was undone, and the saga with the hotel back. */
async function haltedRuns(db: Database, runs: number): Promise<Saga> {
  const away = tripSaga([], (what) => {
    if (what === "car" || what === "undo hotel") throw new Error(`${what} is away`);
  });
  await db.transaction(async (tx) => {
    for (let run = 1; run <= runs; run += 1) await beginRun(tx, away, { ...tripRun, subject: String(run) });
  });
  expect(await driveTrip(db, away)).toBe("compensation_failed");
  return tripSaga([]);
}

const statuses = async (db: Database) =>
  (await db.query<{ status: string }>(sql`SELECT status FROM sagas ORDER BY finished_at, saga_id`)).map(
    ({ status }) => status,
  );

it("halted runs are one kind by saga, step and failure; as many as one asks for go on, each leaves a trace, the rest waits", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const saga = await haltedRuns(db, 5);
  expect(await groupHaltedRuns(db)).toMatchObject([{ ...UNDO_HOTEL, runs: 5, message: "undo hotel is away" }]);
  expect(await retryHalted(db, { ...UNDO_HOTEL, limit: 3, perSecond: 1_000 }, OPERATOR)).toEqual({ runs: 3 });
  expect(await countHalted(db, UNDO_HOTEL)).toBe(2);
  await driveTrip(db, saga);
  expect((await statuses(db)).toSorted()).toEqual([
    ...Array<string>(3).fill("compensated"),
    ...Array<string>(2).fill("compensation_failed"),
  ]);
  expect(await listSagaActions(db, "trip:1")).toMatchObject([{ action: "retryStep", step: "hotel", ...OPERATOR }]);
  await retryHalted(db, { ...UNDO_HOTEL, limit: 100, perSecond: 1_000 }, OPERATOR);
  await expect(retryHalted(db, { ...UNDO_HOTEL, limit: 1, perSecond: 1 }, OPERATOR)).rejects.toMatchObject({
    code: "NOTHING_TO_RETRY",
  });
});

it("begins them again at the pace, the first to halt first", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await haltedRuns(db, 4);
  const halted = await db.query<{ sagaId: string }>(sql`
    SELECT saga_id AS "sagaId" FROM sagas ORDER BY finished_at, saga_id`);
  await retryHalted(db, { ...UNDO_HOTEL, limit: 4, perSecond: 0.1 }, OPERATOR);
  const waits = await db.query<{ sagaId: string; seconds: number; job: number }>(sql`
    SELECT saga_id AS "sagaId", extract(epoch FROM step.run_at - now())::float8 AS seconds,
           extract(epoch FROM job.run_at - step.run_at)::float8 AS job
    FROM saga_steps step JOIN graphile_worker.jobs job ON job.key = 'saga:' || saga_id || ':hotel:compensation'
    WHERE step.status = 'pending' ORDER BY step.run_at`);
  expect(waits.map(({ sagaId }) => sagaId)).toEqual(halted.map(({ sagaId }) => sagaId));
  expect(waits.map(({ seconds }, turn) => Math.ceil(seconds / 10) === turn)).toEqual([true, true, true, true]);
  expect(waits.every(({ job }) => Math.abs(job) < 0.001)).toBe(true);
});

it("of two operators who retry the same kind, and one who retries a run of it, each run is retried by one", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const saga = await haltedRuns(db, 20);
  const all = { ...UNDO_HOTEL, limit: 100, perSecond: 1_000 };
  await Promise.allSettled([
    retryHalted(db, all, OPERATOR),
    retryStep(db, "trip:7", OPERATOR),
    retryHalted(db, all, OPERATOR),
  ]);
  await driveTrip(db, saga);
  expect(await statuses(db)).toEqual(Array<string>(20).fill("compensated"));
  // The one may also be given a retry of its own while it waits.
  const others = await db.query<{ sagaId: string }>(
    sql`SELECT saga_id AS "sagaId" FROM saga_actions WHERE saga_id <> 'trip:7'`,
  );
  expect([others.length, new Set(others.map(({ sagaId }) => sagaId)).size]).toEqual([19, 19]);
});
