import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { refuse } from "../event/refusal.ts";
import { driveTrip, tripRun as run, tripSaga, tripSteps } from "../testing/trip-saga.ts";
import type { TripBehaviour, TripLog } from "../testing/trip-saga.ts";
import type { SagaStep } from "./definition.ts";
import { beginRun, claimStep, endStep, LostLeaseError } from "./state.ts";
import { sweepOnce } from "./sweeper.ts";

interface Played {
  readonly status: string;
  readonly log: TripLog;
  readonly failure: unknown;
  readonly steps: Awaited<ReturnType<typeof tripSteps>>;
}

async function play(behave?: TripBehaviour, change?: Parameters<typeof tripSaga>[2]): Promise<Played> {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const saga = tripSaga(log, behave, change);
  await database.transaction((tx) => beginRun(tx, saga, run));
  const status = await driveTrip(database, saga);
  const rows = await database.query<{ failure: unknown }>(sql`SELECT failure FROM sagas`);
  return { status, log, failure: rows[0]?.failure, steps: await tripSteps(database) };
}

const refuseAt = (where: string) => (what: string) => {
  if (what === where) throw refuse("conflict", "FULL", "nothing free");
};

it("runs its steps in order to the end", async () => {
  expect(await play()).toMatchObject({ status: "completed", log: ["flight 1", "hotel 1", "car 1"] });
});

it("a refusal undoes the completed steps in reverse, and not the refused one, without retrying", async () => {
  expect(await play(refuseAt("car"))).toMatchObject({
    status: "compensated",
    log: ["flight 1", "hotel 1", "car 1", "undo hotel 1", "undo flight 1"],
    failure: { step: "car", code: "FULL", message: "nothing free" },
  });
});

it("a transient fault is tried again and then forgotten", async () => {
  const played = await play((what, attempt) => {
    if (what === "hotel" && attempt < 3) throw new Error("busy");
  });
  expect(played).toMatchObject({ status: "completed", log: ["flight 1", "hotel 1", "hotel 2", "hotel 3", "car 1"] });
});

it("a call that never succeeds may have taken effect: it is undone too", async () => {
  const played = await play((what) => {
    if (what === "hotel") throw new Error("busy");
  });
  expect(played).toMatchObject({ status: "compensated", failure: { code: "UNAVAILABLE" } });
  expect(played.log).toEqual(["flight 1", "hotel 1", "hotel 2", "hotel 3", "undo hotel 1", "undo flight 1"]);
  expect(played.steps).toContainEqual(["hotel", "action", "unknown"]);
});

/** Refuses in the record of the hotel, after its call. */
const refusedByRecord = (outcome: unknown) => (step: SagaStep<{ id: string }>) =>
  step.name !== "hotel"
    ? step
    : { ...step, action: { call: async () => outcome, record: async () => refuseAt("hotel")("hotel") } };

it("a refusal by the record after the call took effect undoes that call too", async () => {
  const played = await play(undefined, refusedByRecord("booked"));
  expect(played).toMatchObject({ status: "compensated", failure: { step: "hotel", code: "FULL" } });
  expect(played.log).toEqual(["flight 1", "undo hotel 1", "undo flight 1"]);
});

it("a refusal by the record where nobody was called leaves nothing to undo in that step", async () => {
  const played = await play(undefined, refusedByRecord(null));
  expect(played.log).toEqual(["flight 1", "undo flight 1"]);
  expect(played.steps).toContainEqual(["hotel", "action", "refused"]);
});

it("a call without an answer in time is unknown, not failed: it is undone too, and not repeated", async () => {
  const played = await play((what) => (what === "hotel" ? new Promise<void>(() => undefined) : undefined));
  expect(played).toMatchObject({
    status: "compensated",
    log: ["flight 1", "hotel 1", "undo hotel 1", "undo flight 1"],
    failure: { code: "TIMED_OUT" },
  });
});

it("a compensation that keeps failing leaves the run visibly unfinished", async () => {
  const played = await play((what) => {
    if (what === "car") throw refuse("conflict", "FULL", "nothing free");
    if (what === "undo hotel") throw new Error("busy");
  });
  expect(played).toMatchObject({ status: "compensation_failed" });
  expect(played.log.slice(-3)).toEqual(["undo hotel 1", "undo hotel 2", "undo hotel 3"]);
});

it("a run is begun once for each subject", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga = tripSaga([]);
  await Promise.all(Array.from({ length: 5 }, () => database.transaction((tx) => beginRun(tx, saga, run))));
  expect((await database.query(sql`SELECT FROM sagas`)).length).toBe(1);
  expect((await database.query(sql`SELECT FROM saga_steps`)).length).toBe(3);
});

it("a step is claimed by one worker at a time, and its job does nothing once it is done", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const saga = tripSaga(log);
  await database.transaction((tx) => beginRun(tx, saga, run));
  const ref = { sagaId: "trip:1", step: "flight", kind: "action" } as const;
  const claims = await Promise.all(Array.from({ length: 6 }, () => claimStep(database, ref, [saga])));
  const claim = claims.find((one) => one !== undefined) ?? expect.fail();
  expect(claims.filter((one) => one !== undefined).length).toBe(1);
  await database.transaction((tx) => endStep(tx, claim, { status: "completed" }));
  expect(await claimStep(database, ref, [saga])).toBeUndefined();
});

it("an owner that lost its lease writes nothing", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.transaction((tx) => beginRun(tx, tripSaga([]), run));
  const ref = { sagaId: "trip:1", step: "flight", kind: "action" } as const;
  const old = (await claimStep(database, ref, [tripSaga([])])) ?? expect.fail();
  await database.query(
    sql`UPDATE saga_steps SET lease_expires_at = now() - interval '1 second' WHERE status = 'running'`,
  );
  const taken = (await claimStep(database, ref, [tripSaga([])])) ?? expect.fail();
  expect(taken.attempt).toBe(2);
  await expect(database.transaction((tx) => endStep(tx, old, { status: "completed" }))).rejects.toThrow(LostLeaseError);
  await database.transaction((tx) => endStep(tx, taken, { status: "completed" }));
});

it("orphaned steps are queued again: those whose owner died, and those whose job was lost", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.transaction((tx) => beginRun(tx, tripSaga([]), run));
  await database.transaction((tx) => beginRun(tx, tripSaga([]), { ...run, subject: "2" }));
  await claimStep(database, { sagaId: "trip:1", step: "flight", kind: "action" }, [tripSaga([])]);
  const jobs = async () => (await database.query(sql`SELECT FROM graphile_worker.jobs`)).length;
  await database.query(sql`DELETE FROM graphile_worker._private_jobs`);
  expect(await sweepOnce(database, [tripSaga([])])).toBe(0);
  await database.query(
    sql`UPDATE saga_steps SET lease_expires_at = now() - interval '1 second' WHERE status = 'running'`,
  );
  await database.query(sql`UPDATE saga_steps SET run_at = now() - interval '1 minute' WHERE status = 'pending'`);
  expect(await sweepOnce(database, [tripSaga([])])).toBe(2);
  expect(await jobs()).toBe(2);
});
