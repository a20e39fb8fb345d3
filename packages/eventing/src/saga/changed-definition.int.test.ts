/** A definition that changed under its version, beside runs that began before. */
import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { refuse } from "../event/refusal.ts";
import { driveTrip, testEngine, tripRun, tripSaga, tripSteps } from "../testing/trip-saga.ts";
import type { Saga } from "./definition.ts";
import { refuseChangedSagas } from "./refuse-changed.ts";
import { shapeOf } from "./shape.ts";
import type { PublishedSagas } from "./shape.ts";
import { setRunStatus } from "./run-status.ts";
import { beginRun } from "./state.ts";

const FLIGHT = { sagaId: "trip:1", step: "flight", kind: "action" } as const;
const HOTEL = { ...FLIGHT, step: "hotel" } as const;

const trip = tripSaga([]);
const [flight, hotel, car] = trip.steps as [Saga["steps"][number], Saga["steps"][number], Saga["steps"][number]];
const { compensation: _, ...hotelForGood } = hotel;

/** What was changed in the trip, and how a worker says so: with the whole shape known, and with the steps' names only. */
const CHANGES: readonly (readonly [string, Partial<Saga>, string, string | undefined])[] = [
  ["reordered", { steps: [flight, car, hotel] }, "its step 2 was hotel and is car", "its step 2 was hotel and is car"],
  [
    "inserted",
    { steps: [flight, { ...hotel, name: "visa" }, hotel, car] },
    "its step 2 was hotel and is visa",
    "its step 2 was hotel and is visa",
  ],
  [
    "renamed",
    { steps: [flight, { ...hotel, name: "inn" }, car] },
    "its step 2 was hotel and is inn",
    "its step 2 was hotel and is inn",
  ],
  ["removed", { steps: [flight, hotel] }, "its step 3 was car and is missing", "its step 3 was car and is missing"],
  [
    "left without its compensation",
    { steps: [flight, hotelForGood, car] },
    "its step 2 was hotel and is hotel (never undone)",
    undefined,
  ],
  [
    "given another point of no return",
    { pointOfNoReturn: "hotel" },
    "its point of no return was nowhere and is hotel",
    undefined,
  ],
];

const AND_SO = "put v1 back as it was, give the change a new version, and keep v1 beside it until its runs have ended";

function start(db: Database, sagas: readonly Saga[], published: PublishedSagas = {}): Promise<void> {
  const { signal } = new AbortController();
  const logger = createLogger("test", "silent");
  return refuseChangedSagas({ db, logger, scheduler: systemScheduler, signal, sagas, published });
}

it.each(CHANGES)(
  "a step %s: a run that began before is left to who has its definition, and ends under it",
  async (_, change) => {
    await using test = await createTestDatabase();
    const { database } = test;
    await database.transaction((tx) => beginRun(tx, trip, tripRun));
    await testEngine(database, trip).runStep(FLIGHT);
    const warned: string[] = [];
    const logger = createLogger("test", "silent");
    const spied = { ...logger, warn: (_of: object, message: string) => void warned.push(message) } as typeof logger;
    const changed = testEngine(database, { ...trip, ...change }, { logger: spied });
    await changed.runStep(HOTEL);
    await changed.runStep(HOTEL);
    expect(warned).toEqual([expect.stringContaining("a definition that this worker does not have, or has changed")]);
    expect(await tripSteps(database)).toEqual([
      ["flight", "action", "completed"],
      ["hotel", "action", "pending"],
    ]);
    expect(await driveTrip(database, trip)).toBe("completed");
  },
);

it.each(CHANGES)(
  "a step %s: the worker does not start, and says what to do",
  async (_, change, difference, inNames) => {
    await using test = await createTestDatabase();
    const { database } = test;
    const changed: Saga = { ...trip, ...change };
    await start(database, [changed], { trip: { 1: shapeOf(changed) } });
    await expect(start(database, [changed], { trip: { 1: shapeOf(trip) } })).rejects.toThrow(
      `This worker does not start. saga trip v1 is published, and ${difference}: ${AND_SO}.`,
    );
    await database.transaction((tx) => beginRun(tx, trip, tripRun));
    await expect(start(database, [changed])).rejects.toThrow(
      `saga trip v1 has 1 run(s) under way, such as trip:1, and ${difference}: ${AND_SO}.`,
    );
    await start(database, [trip, { ...changed, version: 2 }], { trip: { 1: shapeOf(trip) } });
    await database.query(sql`UPDATE sagas SET shape = NULL`); // as an earlier release began it
    const started = start(database, [changed]);
    if (inNames === undefined) await started;
    else await expect(started).rejects.toThrow(inNames);
    await database.query(sql`UPDATE sagas SET status = 'completed'`);
    await start(database, [changed]);
  },
);

it("a run that an earlier release began is known by its steps' names, and ends", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.transaction((tx) => beginRun(tx, trip, tripRun));
  await database.query(sql`UPDATE sagas SET shape = NULL`);
  await testEngine(database, { ...trip, steps: [flight, car, hotel] }).runStep(FLIGHT);
  expect(await tripSteps(database)).toEqual([["flight", "action", "pending"]]);
  expect(await driveTrip(database, trip)).toBe("completed");
});

it("a run of v1 that is refused after v2 was deployed is undone under v1, step by step", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const log: string[] = [];
  const old = tripSaga(log, (what) => {
    if (what === "car") throw refuse("conflict", "FULL", "nothing free");
  });
  const next: Saga = { ...tripSaga(log), version: 2, steps: [car, flight, { ...hotel, name: "inn" }] };
  await database.transaction((tx) => beginRun(tx, old, tripRun));
  await testEngine(database, old).runStep(FLIGHT);
  await start(database, [old, next]);
  const both = { sagas: [old, next] };
  expect(await driveTrip(database, old, both)).toBe("compensated");
  expect(log).toEqual(["flight 1", "hotel 1", "car 1", "undo hotel 1", "undo flight 1"]);
  await database.transaction((tx) => beginRun(tx, next, { ...tripRun, subject: "2" }));
  await driveTrip(database, old, both);
  const rows = await database.query(
    sql`SELECT saga_id AS run, definition_version AS version, status FROM sagas ORDER BY 1`,
  );
  expect(rows).toEqual([
    { run: "trip:1", version: 1, status: "compensated" },
    { run: "trip:2", version: 2, status: "completed" },
  ]);
});

it("a finished run does not come back, even when an operator asks for it", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.transaction((tx) => beginRun(tx, trip, tripRun));
  await driveTrip(database, trip);
  for (const status of ["running", "compensating", "compensated", "failed", "resolved"] as const)
    await expect(setRunStatus(database, "trip:1", status)).rejects.toThrow(
      `the run trip:1 cannot become ${status} from its present status`,
    );
});

it("a step whose next one is not planned does not end as if all were well", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await database.transaction((tx) => beginRun(tx, trip, tripRun));
  await database.query(sql`UPDATE saga_steps SET status = 'refused' WHERE step = 'hotel'`);
  await testEngine(database, trip).runStep(FLIGHT);
  const [step] = await database.query<{ status: string; error: { message: string } }>(
    sql`SELECT status, error FROM saga_steps WHERE step = 'flight'`,
  );
  expect(step).toMatchObject({
    status: "pending",
    error: { message: "trip:1/hotel follows flight and is not planned" },
  });
});
