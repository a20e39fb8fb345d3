/** A saga of three steps that writes down what it does, for the kernel's own tests, and a way to run it to its end. */
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { defineSaga } from "../saga/definition.ts";
import type { Saga, SagaStep } from "../saga/definition.ts";
import { createSagaEngine } from "../saga/engine.ts";
import type { SagaEngine, SagaEngineOptions } from "../saga/engine.ts";
import type { StepRef } from "../saga/state.ts";
import { Added } from "./counter.ts";

export interface TripInput {
  readonly id: string;
}

/** Each attempt in order, such as `hotel 1` or `undo hotel 2`. */
export type TripLog = string[];
/** Makes an attempt fail or wait. */
export type TripBehaviour = (what: string, attempt: number) => void | Promise<void>;

export const tripRun = { subject: "1", input: { id: "1" }, correlationId: "c" };
export const TRIP_TIMEOUT_MS = 50;

/** A step that books by `call` and, unless `change` says otherwise, records nothing. */
function tripStep(name: string, log: TripLog, behave: TripBehaviour): SagaStep<TripInput> {
  const call =
    (what: string) =>
    async ({ attempt }: { readonly attempt: number }): Promise<string> => {
      log.push(`${what} ${attempt}`);
      await behave(what, attempt);
      return `${what} done`;
    };
  return {
    name,
    timeoutMs: TRIP_TIMEOUT_MS,
    retry: { attempts: 3, backoffMs: 0, backoffMsMax: 0 },
    action: { call: call(name) },
    compensation: { call: call(`undo ${name}`) },
  };
}

/** Flight, hotel, car; `change` alters a step. */
export function tripSaga(
  log: TripLog,
  behave: TripBehaviour = () => undefined,
  change: (step: SagaStep<TripInput>) => SagaStep<TripInput> = (step) => step,
): Saga {
  return defineSaga<TripInput, typeof Added>({
    name: "trip",
    version: 1,
    startsOn: Added,
    start: (event) => ({ subject: event.streamId, input: { id: event.streamId } }),
    steps: ["flight", "hotel", "car"].map((name) => change(tripStep(name, log, behave))),
  });
}

export function testEngine(db: Database, saga: Saga, options: Partial<SagaEngineOptions> = {}): SagaEngine {
  const logger = createLogger("test", "silent");
  return createSagaEngine({ db, logger, scheduler: systemScheduler, sagas: [saga], ...options });
}

/** Runs due steps until none is left; resolves to the status of the first run. */
export async function driveTrip(db: Database, saga: Saga, options: Partial<SagaEngineOptions> = {}): Promise<string> {
  const engine = testEngine(db, saga, options);
  for (;;) {
    const due = await db.query<StepRef>(
      sql`SELECT saga_id AS "sagaId", step, kind FROM saga_steps WHERE status = 'pending'`,
    );
    if (due.length === 0) break;
    for (const ref of due) await engine.runStep(ref);
  }
  const rows = await db.query<{ status: string }>(sql`SELECT status FROM sagas ORDER BY created_at`);
  return rows[0]?.status ?? "none";
}

/** Every step operation that was begun, such as `["hotel", "action", "unknown"]`, in the order of the run. */
export async function tripSteps(db: Database): Promise<[string, string, string][]> {
  const rows = await db.query<StepRef & { status: string }>(sql`
    SELECT step, kind, status FROM saga_steps WHERE status <> 'planned'
    ORDER BY kind, CASE kind WHEN 'action' THEN ordinal ELSE -ordinal END`);
  return rows.map(({ step, kind, status }) => [step, kind, status]);
}
