import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { outcomeOf } from "../testing/outcome-of.ts";
import { driveTrip, tripRun, tripSaga } from "../testing/trip-saga.ts";
import { refuse } from "../event/refusal.ts";
import type { Saga, StepContext } from "./definition.ts";
import { forkableFrom, forkRun } from "./fork.ts";
import { forkHalted, retryHalted } from "./halted.ts";
import { compensateRun, listSagaActions, resolveRun, retryStep } from "./operate.ts";
import { beginRun } from "./state.ts";

const OPERATOR = { actor: "user:op", reason: "the provider pinned its refusal" };
const RUN = "trip:1";
const CAR = { name: "trip", step: "car", kind: "action", code: "PINNED" } as const;

/** Outside, where each key has one answer for ever: bookings by the key of their action, refusals by theirs. */
function provider(...refusing: string[]) {
  const pinned = new Set<string>();
  const booked = new Map<string, "booked" | "cancelled">();
  const refused = new Set(refusing);
  const steps = ["flight", "hotel", "car"].map((name) => ({
    name,
    retry: { attempts: 1, backoffMs: 0, backoffMsMax: 0 },
    action: {
      async call({ idempotencyKey }: StepContext<unknown>) {
        if (refused.has(name)) pinned.add(idempotencyKey);
        if (pinned.has(idempotencyKey)) throw refuse("unprocessable", "PINNED", `${name} is refused under this key`);
        booked.set(idempotencyKey, booked.get(idempotencyKey) ?? "booked");
        return idempotencyKey;
      },
    },
    compensation: {
      async call({ actionKey }: StepContext<unknown>) {
        if (booked.get(actionKey) === undefined) throw refuse("notFound", "NO_BOOKING", `nothing under ${actionKey}`);
        booked.set(actionKey, "cancelled");
      },
    },
  }));
  const saga: Saga = { ...tripSaga([]), steps };
  return { booked, saga, refuseAt: (name: string) => refused.add(name), accept: () => refused.clear() };
}

const begin = (db: Database, saga: Saga, subject = "1") =>
  db.transaction((tx) => beginRun(tx, saga, { ...tripRun, subject }));

async function runsOf(db: Database) {
  return db.query<Record<string, unknown>>(sql`
    SELECT saga_id AS id, status, forked_from AS origin, correlation_id AS correlation FROM sagas ORDER BY saga_id`);
}

const pastTheFlight = (saga: Saga): Saga => ({ ...saga, pointOfNoReturn: "flight" });

it("a fork that is undone undoes what it took over under the keys under which that was done, over any number of forks", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const outside = provider("hotel");
  const halting = pastTheFlight(outside.saga);
  await begin(database, halting);
  expect(await driveTrip(database, halting)).toBe("failed");
  expect(await forkRun(database, [halting], RUN, { fromStep: "hotel" }, OPERATOR)).toEqual({ sagaId: "trip:1~2" });
  await driveTrip(database, halting);
  outside.accept();
  await forkRun(database, [halting], "trip:1~2", { fromStep: "hotel" }, OPERATOR);
  // From here on everything can be undone, as where an operator has a run undone before its point of no return.
  await database.query(sql`UPDATE sagas SET shape = shape || '{"pointOfNoReturn":null}', point_of_no_return = NULL`);
  outside.refuseAt("car");
  await driveTrip(database, outside.saga);
  expect((await runsOf(database)).map(({ status }) => status)).toEqual(["resolved", "resolved", "compensated"]);
  expect([...outside.booked]).toEqual([
    ["trip:1:flight:action", "cancelled"],
    ["trip:1~3:hotel:action", "cancelled"],
  ]);
});

it("a fork goes on from the step with what was done before, under keys of its own, and the origin is resolved", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const outside = provider("car");
  const saga = pastTheFlight(outside.saga);
  await begin(database, saga);
  await driveTrip(database, saga);
  outside.accept();
  await retryStep(database, RUN, OPERATOR);
  expect(await driveTrip(database, saga)).toBe("failed"); // its key is pinned
  expect(await forkableFrom(database, [saga], RUN)).toEqual({ step: "car", whyNot: null });
  await forkRun(database, [saga], RUN, { fromStep: "car" }, { ...OPERATOR, seenActions: 1 });
  await driveTrip(database, saga);
  expect(await runsOf(database)).toEqual([
    { id: RUN, status: "resolved", origin: null, correlation: "c" },
    { id: "trip:1~2", status: "completed", origin: RUN, correlation: "c" },
  ]);
  expect([...outside.booked.keys()]).toEqual(["trip:1:flight:action", "trip:1:hotel:action", "trip:1~2:car:action"]);
  expect((await listSagaActions(database, RUN))[0]).toMatchObject({
    action: "fork",
    step: "car",
    forkedAs: "trip:1~2",
    ...OPERATOR,
  });
});

it("a run that starts further on has no step in between, and neither undoes it nor is kept from a fork by it", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const { saga, booked, accept } = provider("car");
  await database.transaction((tx) => beginRun(tx, saga, { ...tripRun, startsAt: "hotel" }));
  const unknown = database.transaction((tx) => beginRun(tx, saga, { ...tripRun, subject: "2", startsAt: "boat" }));
  await expect(unknown).rejects.toThrow("no step boat");
  expect(await driveTrip(database, saga)).toBe("compensated");
  const steps = sql`SELECT step || ' ' || kind AS step FROM saga_steps WHERE saga_id = ${RUN} ORDER BY kind, ordinal`;
  expect((await database.query<{ step: string }>(steps)).map(({ step }) => step)).toEqual([
    "hotel action",
    "car action",
    "hotel compensation",
  ]);
  expect([...booked]).toEqual([["trip:1:hotel:action", "cancelled"]]);
  accept();
  expect(await forkableFrom(database, [saga], RUN)).toEqual({ step: "hotel", whyNot: null });
  const from = (fromStep: string) => outcomeOf(forkRun(database, [saga], RUN, { fromStep }, OPERATOR));
  expect(await from("flight")).toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "fromStep" }] });
  expect(await from("hotel")).toEqual({ sagaId: "trip:1~2" });
  await driveTrip(database, saga);
  expect((await runsOf(database)).map(({ status }) => status)).toEqual(["compensated", "completed"]);
});

it("is refused, with what to do, where something could be done twice or is missing", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const saga = pastTheFlight(
    tripSaga([], (what) => {
      if (what === "hotel") throw new Error("hotel is away");
    }),
  );
  const fork = (fromStep: string, sagaId = RUN) => outcomeOf(forkRun(database, [saga], sagaId, { fromStep }, OPERATOR));
  await begin(database, saga);
  expect(await fork("flight")).toMatchObject({ code: "NOT_FORKABLE" });
  await driveTrip(database, saga);
  // Every attempt at the hotel failed without an answer that it was not booked.
  expect(await fork("hotel")).toMatchObject({ code: "STEP_IN_EFFECT", message: expect.stringContaining("retry it") });
  expect(await fork("flight")).toMatchObject({ code: "STEP_IN_EFFECT" });
  expect(await fork("car")).toMatchObject({ code: "STEP_NOT_IN_EFFECT" });
  expect(await fork("boat")).toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "fromStep" }] });
  expect(await fork("flight", "trip:none")).toMatchObject({ code: "SAGA_NOT_FOUND" });
  expect(await forkableFrom(database, [saga], RUN)).toEqual({
    step: "hotel",
    whyNot: expect.stringContaining("retry it"),
  });
  const other = { ...saga, steps: saga.steps.slice(1) };
  expect(await outcomeOf(forkRun(database, [other], RUN, { fromStep: "hotel" }, OPERATOR))).toMatchObject({
    code: "DEFINITION_MISSING",
  });
  expect((await runsOf(database)).length).toBe(1);
});

it("what a run still has to undo is not forked away; one that is undone may begin again, once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const failing = new Set(["car", "undo hotel"]);
  const saga = tripSaga([], (what) => {
    if (failing.has(what)) throw new Error(`${what} is away`);
  });
  await begin(database, saga);
  expect(await driveTrip(database, saga)).toBe("compensation_failed");
  for (const fromStep of ["flight", "hotel", "car"])
    expect(await outcomeOf(forkRun(database, [saga], RUN, { fromStep }, OPERATOR))).toMatchObject({ kind: "conflict" });
  failing.clear();
  await retryStep(database, RUN, OPERATOR);
  expect(await driveTrip(database, saga)).toBe("compensated");
  expect(await forkableFrom(database, [saga], RUN)).toEqual({ step: "flight", whyNot: null });
  await forkRun(database, [saga], RUN, { fromStep: "flight" }, OPERATOR);
  expect(await outcomeOf(forkRun(database, [saga], RUN, { fromStep: "flight" }, OPERATOR))).toMatchObject({
    code: "ALREADY_FORKED",
    message: expect.stringContaining("trip:1~2"),
  });
  await driveTrip(database, saga);
  expect((await runsOf(database)).map(({ status }) => status)).toEqual(["compensated", "completed"]);
});

it("the record of a compensation that failed left nothing: a run that halted there goes on forward", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const outside = provider("car");
  const steps = outside.saga.steps.map((step) =>
    step.name === "hotel"
      ? { ...step, compensation: { record: () => Promise.reject(new Error("a bug of ours")) } }
      : step,
  );
  const saga: Saga = { ...outside.saga, steps };
  await begin(database, saga);
  expect(await driveTrip(database, saga)).toBe("compensation_failed");
  outside.accept();
  await forkRun(database, [saga], RUN, { fromStep: "car" }, OPERATOR);
  await driveTrip(database, saga);
  expect((await runsOf(database)).map(({ status }) => status)).toEqual(["resolved", "completed"]);
});

it("other input is taken only as the saga's schema has it, and the saga itself may refuse", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const outside = provider("flight");
  const saga = outside.saga;
  const fork = (by: Saga, input: unknown) =>
    outcomeOf(forkRun(database, [by], RUN, { fromStep: "flight", input }, OPERATOR));
  await begin(database, saga);
  await driveTrip(database, saga);
  expect(await fork(saga, { id: "2" })).toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "input" }] });
  const strict: Saga = { ...saga, input: z.strictObject({ id: z.string() }) };
  expect(await fork(strict, { id: 2 })).toMatchObject({ code: "INVALID_INPUT", fields: [{ field: "input.id" }] });
  const unwilling: Saga = { ...strict, mayFork: () => Promise.reject(refuse("conflict", "TOO_LATE", "It has left.")) };
  expect(await fork(unwilling, { id: "2" })).toMatchObject({ code: "TOO_LATE" });
  expect(await fork(strict, { id: "2" })).toEqual({ sagaId: "trip:1~2" });
  expect(await database.query(sql`SELECT input FROM sagas WHERE saga_id = 'trip:1~2'`)).toEqual([
    { input: { id: "2" } },
  ]);
});

it("a fork is under the latest version only where its shape is that of the origin", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const { saga } = provider("flight");
  const same: Saga = { ...saga, version: 2 };
  const longer: Saga = { ...tripSaga([], undefined, (step) => ({ ...step, name: `${step.name}s` })), version: 3 };
  for (const subject of ["1", "2"]) await begin(database, saga, subject);
  await driveTrip(database, saga);
  await forkRun(database, [saga, same], RUN, { fromStep: "flight" }, OPERATOR);
  await forkRun(database, [saga, longer], "trip:2", { fromStep: "flight" }, OPERATOR);
  const forks = sql`SELECT definition_version AS version FROM sagas WHERE forked_from IS NOT NULL ORDER BY saga_id`;
  expect(await database.query(forks)).toEqual([{ version: 2 }, { version: 1 }]);
});

it("of all who fork, retry and resolve a run at once one wins, and the car is booked once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const outside = provider("car");
  const saga = pastTheFlight(outside.saga);
  const subjects = Array.from({ length: 12 }, (_, index) => String(index + 1));
  for (const subject of subjects) await begin(database, saga, subject);
  await driveTrip(database, saga);
  outside.accept();
  const bulk = { ...CAR, limit: 100, perSecond: 1_000 };
  await Promise.allSettled([
    ...subjects.flatMap((subject) => [
      forkRun(database, [saga], `trip:${subject}`, { fromStep: "car" }, OPERATOR),
      forkRun(database, [saga], `trip:${subject}`, { fromStep: "car" }, OPERATOR),
      resolveRun(database, `trip:${subject}`, OPERATOR),
      compensateRun(database, `trip:${subject}`, OPERATOR),
    ]),
    forkHalted(database, [saga], bulk, OPERATOR),
    retryHalted(database, bulk, OPERATOR),
  ]);
  await driveTrip(database, saga);
  const acted = await database.query<{ actions: number }>(sql`
    SELECT count(*)::int AS actions FROM saga_actions GROUP BY saga_id`);
  expect(acted).toEqual(subjects.map(() => ({ actions: 1 })));
  const cars = [...outside.booked.keys()].filter((key) => key.includes(":car:")).map((key) => key.split(/[:~]/)[1]);
  expect(new Set(cars).size).toBe(cars.length);
  const live = sql`SELECT FROM sagas WHERE status IN ('running', 'compensating') OR (status = 'failed' AND forked_from IS NOT NULL)`;
  expect(await database.query(live)).toEqual([]);
});

it("halted runs of a kind are forked at a pace, the first to halt first; those that a rule refuses are passed over and counted", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const outside = provider("car");
  const saga = pastTheFlight({
    ...outside.saga,
    mayFork: async (_, { subject }) => {
      if (subject === "2") throw refuse("conflict", "TOO_LATE", "It has left.");
    },
  });
  for (const subject of ["1", "2", "3", "4"]) await begin(database, saga, subject);
  await driveTrip(database, saga);
  outside.accept();
  const fork = () => forkHalted(database, [saga], { ...CAR, limit: 10, perSecond: 0.1 }, OPERATOR);
  expect(await fork()).toEqual({ runs: 3, passedOver: 1 });
  const waits = await database.query<{ seconds: number }>(sql`
    SELECT round(extract(epoch FROM step.run_at - (SELECT min(at) FROM saga_actions)))::int AS seconds
    FROM saga_steps step JOIN graphile_worker.jobs job ON job.key = 'saga:' || saga_id || ':car:action' AND job.run_at = step.run_at
    WHERE status = 'pending' ORDER BY step.run_at`);
  expect(waits.map(({ seconds }) => seconds)).toEqual([0, 10, 20]);
  expect(await fork()).toEqual({ runs: 0, passedOver: 1 });
  await resolveRun(database, "trip:2", OPERATOR);
  await expect(fork()).rejects.toMatchObject({ code: "NOTHING_TO_FORK" });
});
