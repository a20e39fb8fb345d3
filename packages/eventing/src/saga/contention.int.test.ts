/** Postgres fails a step's statement for a reason that is not the step's: the run is not given up for it. */
import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { CONTENTION, failWith } from "../testing/failures.ts";
import { driveTrip, testEngine, tripRun, tripSaga } from "../testing/trip-saga.ts";
import type { Saga } from "./definition.ts";
import { beginRun } from "./state.ts";

const FLIGHT = { sagaId: "trip:1", step: "flight", kind: "action" } as const;
/** Of the policy of a trip's steps: 3. */
const TRIES = 6;

const flightIn = (db: Database) =>
  db.query(sql`SELECT status, attempt FROM saga_steps WHERE step = 'flight' AND kind = 'action'`);

async function tryAgain(db: Database, saga: Saga): Promise<void> {
  await db.query(sql`UPDATE saga_steps SET run_at = now() WHERE status = 'pending'`);
  await testEngine(db, saga).runStep(FLIGHT);
}

const CALLS = "the record of a call";
const OPERATIONS = [CALLS, "a step that calls nobody"];

it.for(CONTENTION.flatMap((sqlState) => OPERATIONS.map((operation) => [sqlState, operation] as const)))(
  "%s in %s: made again until it works, and no attempt is used up",
  async ([sqlState, operation]) => {
    await using test = await createTestDatabase();
    const { database } = test;
    let failing = true;
    const saga = tripSaga([], undefined, (step) => ({
      ...step,
      action: {
        ...(operation === CALLS && step.action),
        record: async (tx) => void (failing && (await failWith(tx, sqlState))),
      },
    }));
    await database.transaction((tx) => beginRun(tx, saga, tripRun));
    for (let time = 0; time < TRIES; time += 1) {
      await tryAgain(database, saga);
      expect(await flightIn(database)).toEqual([{ status: "pending", attempt: 0 }]);
    }
    failing = false;
    expect(await driveTrip(database, saga)).toBe("completed");
  },
);

it("the wait grows with every try", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga = tripSaga([], undefined, (step) => ({
    ...step,
    retry: { attempts: 2, backoffMs: 1_000, backoffMsMax: 6_000 },
    action: { record: (tx) => failWith(tx, "55P03") },
  }));
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  const waits: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    await tryAgain(database, saga);
    const rows = await database.query<{ wait: number }>(
      sql`SELECT round(extract(epoch FROM run_at - now()))::int AS wait FROM saga_steps WHERE status = 'pending'`,
    );
    waits.push(rows[0]?.wait ?? 0);
  }
  expect(waits).toEqual([1, 2, 4, 6]);
});

it("a call that says of its own that a connection was refused has had its attempt", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const saga = tripSaga([], (what) => (what === "hotel" ? Promise.reject(refused) : undefined));
  await database.transaction((tx) => beginRun(tx, saga, tripRun));
  expect(await driveTrip(database, saga)).toBe("compensated");
});
