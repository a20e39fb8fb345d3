/**
 * Forks a run that halted, or that was undone: a new run about the same subject goes on from a step, under keys of its own, with other
 * input where that was wrong. What was done before the step is taken over; it is undone under the key under which it was done.
 *
 * Nothing is done twice: each step before must be in effect, and none from it on may be. A run is forked once, and a halted one is
 * resolved by it, so that a subject has one run that can go on. Runs and their forks are a chain.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { Refusal, refuse } from "../event/refusal.ts";
import { latestVersions } from "./definition.ts";
import type { Saga, SagaStep } from "./definition.ts";
import { note, onRun } from "./operate.ts";
import type { Operator } from "./operate.ts";
import { setRunStatus } from "./run-status.ts";
import type { RunStatus } from "./run-status.ts";
import { changeOf } from "./shape.ts";
import type { SagaShape } from "./shape.ts";
import { queueSteps, sagaIdOf, STEP_NAMES } from "./state.ts";
import type { StepKind, StepStatus } from "./state.ts";

/** From where a run goes on, and with what. */
export interface ForkAt {
  readonly fromStep: string;
  /** Without it, that of the run. */
  readonly input?: unknown;
}

/** A step, and why a run may not be forked from it; null when it may. */
export interface Forkable {
  readonly step: string;
  readonly whyNot: string | null;
}

/** The run that a fork began. */
export interface ForkedRun {
  readonly sagaId: string;
}

interface Origin {
  readonly sagaId: string;
  readonly name: string;
  readonly version: number;
  readonly subject: string;
  readonly status: RunStatus;
  readonly input: unknown;
  readonly shape: SagaShape | readonly string[];
  readonly operations: readonly { readonly step: string; readonly kind: StepKind; readonly status: StepStatus }[];
  readonly fork: string | null;
  /** Runs of this saga about this subject. */
  readonly runs: number;
}

/** Throws a refusal that says why a run may not be forked there, and what to do instead. */
export function forkRun(
  db: Database,
  sagas: readonly Saga[],
  sagaId: string,
  at: ForkAt,
  operator: Operator,
): Promise<ForkedRun> {
  return onRun(db, sagaId, operator, (tx) => forkLocked(tx, sagas, { ...at, sagaId, afterMs: 0 }, operator));
}

/**
 * The one step from which the effects of a run leave a fork, and what else is in the way of it; null for a run that goes on by itself,
 * was declared resolved, or was forked.
 */
export async function forkableFrom(db: SqlExecutor, sagas: readonly Saga[], sagaId: string): Promise<Forkable | null> {
  const origin = await readOrigin(db, sagaId);
  if (origin === undefined || whyNotThisRun(origin) !== undefined) return null;
  const saga = definitionOf(sagas, origin);
  const step = saga && stepsIn(saga, origin).find(([, one]) => effectOf(one, origin) !== "inEffect")?.[1].name;
  if (saga === undefined || step === undefined) return null;
  try {
    await refuseFrom(db, saga, origin, { fromStep: step, input: origin.input });
  } catch (error) {
    if (error instanceof Refusal) return { step, whyNot: error.message };
    throw error;
  }
  return { step, whyNot: null };
}

/** The caller has locked the run. A refusal comes before anything is written. */
export async function forkLocked(
  tx: SqlExecutor,
  sagas: readonly Saga[],
  { sagaId, fromStep, input, afterMs }: ForkAt & { readonly sagaId: string; readonly afterMs: number },
  operator: Operator,
): Promise<ForkedRun> {
  const origin = await readOrigin(tx, sagaId);
  if (origin === undefined) throw new Error(`the run ${sagaId} was locked and is gone`);
  const whyNot = whyNotThisRun(origin);
  if (whyNot !== undefined) throw whyNot;
  const saga = definitionOf(sagas, origin);
  if (saga === undefined) throw withoutDefinition(origin);
  const given = input === undefined ? origin.input : parseInput(saga, input);
  await refuseFrom(tx, saga, origin, { fromStep, input: given });
  const forkedAs = await insertFork(tx, saga, origin, { fromStep, input: given, afterMs });
  if (origin.status !== "compensated") await setRunStatus(tx, sagaId, "resolved");
  await note(tx, sagaId, { ...operator, action: "fork", step: fromStep, forkedAs });
  return { sagaId: forkedAs };
}

async function readOrigin(db: SqlExecutor, sagaId: string): Promise<Origin | undefined> {
  const rows = await db.query<Origin>(sql`
    SELECT saga_id AS "sagaId", name, definition_version AS version, subject, status, input, coalesce(shape, ${STEP_NAMES}) AS shape,
           (SELECT jsonb_agg(jsonb_build_object('step', step, 'kind', kind, 'status', one.status)) FROM saga_steps one
            WHERE one.saga_id = run.saga_id) AS operations,
           (SELECT saga_id FROM sagas WHERE forked_from = run.saga_id) AS fork,
           (SELECT count(*)::int FROM sagas WHERE subject = run.subject AND name = run.name) AS runs
    FROM sagas run WHERE saga_id = ${sagaId}`);
  return rows[0];
}

function whyNotThisRun({ status, fork }: Origin): Refusal | undefined {
  if (fork !== null) return refuse("conflict", "ALREADY_FORKED", `This run goes on as ${fork}: act on that one.`);
  if (status === "failed" || status === "compensation_failed" || status === "compensated") return undefined;
  return refuse(
    "conflict",
    "NOT_FORKABLE",
    `Only a run that halted or was undone can be forked; this one is ${status}${status === "running" ? ": wait for it, or have it undone" : ""}.`,
  );
}

/** The latest definition that has the shape of the run, and otherwise its own; undefined when neither is among `sagas`. */
function definitionOf(sagas: readonly Saga[], { name, version, shape }: Origin): Saga | undefined {
  const own = sagas.filter((saga) => saga.name === name && saga.version === version);
  const latest = latestVersions(sagas).filter((saga) => saga.name === name && "steps" in shape);
  return [...latest, ...own].find((saga) => changeOf(saga, shape, "is forked") === undefined);
}

const withoutDefinition = ({ name, version }: Origin): Refusal =>
  refuse(
    "conflict",
    "DEFINITION_MISSING",
    `This release has no ${name} v${version}: fork the run with one that has it.`,
  );

/** Throws when the effects of the run, or its saga, do not allow a fork there. */
async function refuseFrom(db: SqlExecutor, saga: Saga, origin: Origin, { fromStep, input }: ForkAt): Promise<void> {
  const steps = stepsIn(saga, origin);
  const from = steps.find(([, { name }]) => name === fromStep)?.[0];
  if (from === undefined) {
    const message = `The run has no such step. Name one of ${steps.map(([, { name }]) => name).join(", ")}.`;
    throw refuse("invalid", "INVALID_INPUT", message, { fields: [{ field: "fromStep", rule: "a step", message }] });
  }
  for (const [ordinal, step] of steps) {
    const effect = effectOf(step, origin);
    if (ordinal < from && effect !== "inEffect") throw missing(step.name, fromStep, effect);
    if (ordinal >= from && effect !== "none") throw standing(step.name, effect);
  }
  await saga.mayFork?.(db, { subject: origin.subject, fromStep, input });
}

/** With their ordinals: those that the run has. */
const stepsIn = (saga: Saga, { operations }: Origin): readonly (readonly [number, SagaStep<unknown>])[] =>
  [...saga.steps.entries()].filter(([, { name }]) => operations.some(({ step }) => step === name));

type Effect = "inEffect" | "none" | "uncertain";

/** Of a step of a run that is over. The record of a compensation that failed was rolled back; what its call did is not known. */
function effectOf({ name, compensation }: SagaStep<unknown>, { operations }: Origin): Effect {
  const statusOf = (kind: StepKind) => operations.find((one) => one.step === name && one.kind === kind)?.status;
  const undone = statusOf("compensation");
  const done = statusOf("action");
  if (undone === "completed" || (done !== "completed" && done !== "unknown")) return "none";
  const mayBeUndone = undone !== undefined && compensation?.call !== undefined;
  return done === "completed" && !mayBeUndone ? "inEffect" : "uncertain";
}

const missing = (step: string, fromStep: string, effect: Effect): Refusal =>
  refuse(
    "conflict",
    "STEP_NOT_IN_EFFECT",
    effect === "none"
      ? `${step} comes before ${fromStep} and is not in effect: fork from an earlier step.`
      : `Whether ${step}, which comes before ${fromStep}, is in effect is not known: retry the run, or settle it outside and mark it resolved.`,
  );

const standing = (step: string, effect: Effect): Refusal =>
  refuse(
    "conflict",
    "STEP_IN_EFFECT",
    `${step} ${effect === "inEffect" ? "is" : "may be"} in effect, and another key could do it twice: retry it, or have it undone first.`,
  );

function parseInput(saga: Saga, input: unknown): unknown {
  if (saga.input === undefined)
    throw refuse("invalid", "INVALID_INPUT", `The saga ${saga.name} takes no other input: leave it out.`, {
      fields: [{ field: "input", rule: "absent", message: "Leave it out." }],
    });
  const parsed = saga.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code, message }) => ({
    field: ["input", ...path].join("."),
    rule: code,
    message,
  }));
  const problems = fields.map(({ field, message }) => `${field}: ${message}`).join("; ");
  throw refuse("invalid", "INVALID_INPUT", `This is no input of the saga ${saga.name}: ${problems}.`, { fields });
}

/** The new run with its steps, and the job of the one from which it goes on. */
async function insertFork(
  tx: SqlExecutor,
  saga: Saga,
  { sagaId, name, subject, runs }: Origin,
  { fromStep, input, afterMs }: ForkAt & { readonly afterMs: number },
): Promise<string> {
  const fork = `${sagaIdOf(name, subject)}~${runs + 1}`;
  const from = saga.steps.findIndex((step) => step.name === fromStep);
  await tx.query(sql`
    INSERT INTO sagas (saga_id, name, definition_version, status, subject, correlation_id, traceparent, input, shape, point_of_no_return, forked_from)
    SELECT ${fork}, name, ${saga.version}::int, 'running', subject, correlation_id, traceparent, ${JSON.stringify(input)}::jsonb, shape,
           point_of_no_return, saga_id
    FROM sagas WHERE saga_id = ${sagaId}`);
  await tx.query(sql`
    INSERT INTO saga_steps (saga_id, step, kind, ordinal, done_before, status, attempt, fence, run_at, started_at, finished_at, result, done_by)
    SELECT ${fork}, step, kind, ordinal, done_before, status, attempt, fence, run_at, started_at, finished_at, result, coalesce(done_by, saga_id)
    FROM saga_steps WHERE saga_id = ${sagaId} AND kind = 'action' AND ordinal < ${from}
    UNION ALL
    SELECT ${fork}, step, kind, ordinal, done_before, CASE ordinal WHEN ${from} THEN 'pending' ELSE 'planned' END, 0, 0,
           now() + ${afterMs} * interval '1 ms', NULL, NULL, NULL, NULL
    FROM saga_steps WHERE saga_id = ${sagaId} AND kind = 'action' AND ordinal >= ${from}`);
  await queueSteps(tx, [{ sagaId: fork, step: fromStep, kind: "action" }]);
  return fork;
}
