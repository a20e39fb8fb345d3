import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { driveTrip, testEngine, tripRun, tripSaga, tripSteps } from "../testing/trip-saga.ts";
import type { TripLog } from "../testing/trip-saga.ts";
import { latestVersions } from "./definition.ts";
import type { Saga } from "./definition.ts";
import { compensateRun, listSagaActions, resolveRun, retryStep } from "./operate.ts";
import { beginRun } from "./state.ts";

const OPERATOR = { actor: "user:op", reason: "the airline is back" };
const RUN = "trip:1";

const begin = (db: Database, saga: Saga) => db.transaction((tx) => beginRun(tx, saga, tripRun));
const failsAt = (...names: string[]) => {
  const failing = new Set(names);
  return {
    behave: (what: string) => {
      if (failing.has(what)) throw new Error(`${what} is away`);
    },
    repair: () => failing.clear(),
  };
};

it("a run whose compensation failed is halted where an operator sees it, and goes on to its end when retried", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const { behave, repair } = failsAt("car", "undo hotel");
  const saga = tripSaga([], behave);
  await begin(database, saga);
  expect(await driveTrip(database, saga)).toBe("compensation_failed");
  repair();
  expect(await retryStep(database, RUN, OPERATOR)).toEqual({ step: "hotel", kind: "compensation" });
  expect(await driveTrip(database, saga)).toBe("compensated");
  expect(await listSagaActions(database, RUN)).toMatchObject([{ action: "retryStep", step: "hotel", ...OPERATOR }]);
  await expect(retryStep(database, RUN, OPERATOR)).rejects.toMatchObject({ code: "NOTHING_TO_RETRY" });
});

it("past the point of no return nothing is undone: the run halts as failed, asks for an operator, and goes on when retried", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const log: TripLog = [];
  const { behave, repair } = failsAt("car");
  const saga: Saga = {
    ...tripSaga(log, behave),
    pointOfNoReturn: "hotel",
    needsAttention: async (tx: SqlExecutor, { failure }) => void (await tx.query(effect(failure?.step ?? "unsaid"))),
    attentionOver: async (tx: SqlExecutor) => void (await tx.query(effect("over"))),
  };
  await begin(database, saga);
  expect(await driveTrip(database, saga)).toBe("failed");
  expect(log.some((line) => line.startsWith("undo"))).toBe(false);
  expect(await effectsIn(database)).toEqual({ car: 1 });
  await expect(compensateRun(database, RUN, OPERATOR)).rejects.toMatchObject({ code: "NOT_RUNNING" });
  repair();
  expect(await retryStep(database, RUN, OPERATOR)).toEqual({ step: "car", kind: "action" });
  expect(await driveTrip(database, saga)).toBe("completed");
  expect(await effectsIn(database)).toEqual({ car: 1, over: 1 });
});

it("a run under way is undone on an operator's word, and the worker that was at its step writes nothing", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const saga = tripSaga(
    [],
    async (what) => {
      if (what !== "hotel") return;
      reached.resolve();
      await gate.promise;
    },
    (step) => ({ ...step, timeoutMs: 60_000 }),
  );
  await begin(database, saga);
  const engine = testEngine(database, saga);
  await engine.runStep({ sagaId: RUN, step: "flight", kind: "action" });
  const atWork = engine.runStep({ sagaId: RUN, step: "hotel", kind: "action" });
  await reached.promise;
  expect(await compensateRun(database, RUN, OPERATOR)).toEqual({ undoing: "hotel" });
  gate.resolve();
  await atWork;
  expect(await driveTrip(database, saga)).toBe("compensated");
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "completed"],
    ["hotel", "action", "unknown"],
    ["hotel", "compensation", "completed"],
    ["flight", "compensation", "completed"],
  ]);
});

it("a run that has done nothing yet is undone at once; one past its point of no return is not", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga: Saga = { ...tripSaga([]), pointOfNoReturn: "flight" };
  await begin(database, saga);
  expect(await compensateRun(database, RUN, OPERATOR)).toEqual({ undoing: null });
  expect(await driveTrip(database, saga)).toBe("compensated");
  await database.transaction((tx) => beginRun(tx, saga, { ...tripRun, subject: "2" }));
  await testEngine(database, saga).runStep({ sagaId: "trip:2", step: "flight", kind: "action" });
  await expect(compensateRun(database, "trip:2", OPERATOR)).rejects.toMatchObject({ code: "PAST_POINT_OF_NO_RETURN" });
});

it("what a run began before is undone too: by an attempt before the retry, or before the run itself", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const { behave } = failsAt("flight");
  const saga = tripSaga([], behave);
  await begin(database, saga);
  await testEngine(database, saga).runStep({ sagaId: RUN, step: "flight", kind: "action" });
  await retryStep(database, RUN, OPERATOR);
  expect(await compensateRun(database, RUN, OPERATOR)).toEqual({ undoing: "flight" });
  expect(await driveTrip(database, saga)).toBe("compensated");
  expect(await tripSteps(database)).toEqual([
    ["flight", "action", "unknown"],
    ["flight", "compensation", "completed"],
  ]);
  const bought = tripSaga([], undefined, (step) => ({ ...step, doneBefore: step.name === "flight" }));
  await database.transaction((tx) => beginRun(tx, bought, { ...tripRun, subject: "2" }));
  expect(await compensateRun(database, "trip:2", OPERATOR)).toEqual({ undoing: "flight" });
});

it("an operator's reason is kept with the action only, not in what the run says of itself", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await begin(database, tripSaga([]));
  await compensateRun(database, RUN, { actor: "user:op", reason: "asked for by Ada Lovelace" });
  const told = await database.query(sql`SELECT to_jsonb(sagas)::text AS told FROM sagas`);
  expect(JSON.stringify(told)).not.toContain("Lovelace");
  expect(await listSagaActions(database, RUN)).toMatchObject([{ reason: "asked for by Ada Lovelace" }]);
});

it("past the point of no return a call without an answer is made again", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const never = (what: string, attempt: number) =>
    what === "car" && attempt === 1 ? new Promise<void>(() => undefined) : undefined;
  const saga: Saga = { ...tripSaga(log, never), pointOfNoReturn: "hotel" };
  await begin(database, saga);
  expect(await driveTrip(database, saga)).toBe("completed");
  expect(log).toEqual(["flight 1", "hotel 1", "car 1", "car 2"]);
});

it("a halted run may be declared resolved, with the reason kept; no other may", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga = tripSaga([], failsAt("car", "undo hotel").behave);
  await begin(database, saga);
  await expect(resolveRun(database, RUN, OPERATOR)).rejects.toMatchObject({ code: "NOT_STANDING" });
  await driveTrip(database, saga);
  expect(await resolveRun(database, RUN, { actor: "user:op", reason: "refunded by hand" })).toEqual({
    status: "resolved",
  });
  expect(await driveTrip(database, saga)).toBe("resolved");
  expect(await listSagaActions(database, RUN)).toMatchObject([{ action: "resolve", reason: "refunded by hand" }]);
  await expect(resolveRun(database, "trip:none", OPERATOR)).rejects.toMatchObject({ code: "SAGA_NOT_FOUND" });
});

it("a run in flight is finished under the steps it began with; a worker without them leaves it alone", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: TripLog = [];
  const old = tripSaga(log);
  const next: Saga = { ...tripSaga(log), version: 2, steps: old.steps.slice(0, 1) };
  await begin(database, old);
  await testEngine(database, next).runStep({ sagaId: RUN, step: "flight", kind: "action" });
  expect(await database.query(sql`SELECT DISTINCT attempt FROM saga_steps`)).toEqual([{ attempt: 0 }]);
  const engine = testEngine(database, next, { sagas: [old, next] });
  for (const step of ["flight", "hotel", "car"]) await engine.runStep({ sagaId: RUN, step, kind: "action" });
  expect(await database.query(sql`SELECT status, definition_version FROM sagas`)).toEqual([
    { status: "completed", definition_version: 1 },
  ]);
  expect(latestVersions([old, next])).toEqual([next]);
});
