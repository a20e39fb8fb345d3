/**
 * Orchestrated sagas: a chain of steps, each a local transaction or an outside call with its record, and a
 * compensation that undoes it. This file is the vocabulary; `engine.ts` runs it.
 *
 * Each step has an action, and may have a compensation. Of either operation:
 * - `call` is the outside part. It may be repeated, so it passes `idempotencyKey` outward. It returns `null` when there
 *   was nobody to call: then a refusal by `record` leaves nothing to undo.
 * - `record` is the part in our database, in the same transaction as the step's completion.
 * Either may throw a `Refusal`: a business outcome, which is not retried; the run is undone at once.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { z } from "zod";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { DataOf, EventMetadata, RecordedEvent } from "../event/definition.ts";

export const STEP_TIMEOUT_MS_DEFAULT = 30_000;

export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  /** The wait before the second attempt; it doubles from there. */
  readonly backoffMs: number;
  readonly backoffMsMax: number;
}

export const RETRY_DEFAULT: RetryPolicy = { attempts: 8, backoffMs: 250, backoffMsMax: 10_000 };

/** What a step sees of its run. */
export interface StepContext<Input> {
  readonly sagaId: string;
  readonly input: Input;
  /** What the completed actions returned, by step name. */
  readonly results: Readonly<Record<string, unknown>>;
  readonly attempt: number;
  /** The same for every attempt of this operation, and for no other. */
  readonly idempotencyKey: string;
  /**
   * The key that the action of the same step passed outward: a compensation finds by it what the action did. In a fork it may be
   * that of an earlier run.
   */
  readonly actionKey: string;
  /** Metadata for the events that the step appends. */
  readonly metadata: EventMetadata;
  /** Why the run is being undone; only while compensating. */
  readonly failure?: SagaFailure;
}

export interface StepOperation<Input> {
  readonly call?: (context: StepContext<Input>, signal: AbortSignal) => Promise<unknown>;
  readonly record?: (tx: SqlExecutor, context: StepContext<Input>, outcome: unknown) => Promise<void>;
}

/** One step: what it does, what undoes it, how long an attempt may take and how often it is tried. */
export interface SagaStep<Input> {
  readonly name: string;
  readonly action: StepOperation<Input>;
  readonly compensation?: StepOperation<Input>;
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  /** Its effect was there before the run, such as what the run started on: it is undone also when its action fails. */
  readonly doneBefore?: boolean;
}

/** Why a run is being undone: the step that was refused or failed for good. */
export interface SagaFailure {
  readonly step: string;
  readonly code: string;
  readonly message: string;
}

export interface SagaStart<Input> {
  /** What the run is about; one run of a saga for each subject, beside those that were forked from it. */
  readonly subject: string;
  readonly input: Input;
  /** Where those steps before it that do something have nothing to do in this run: it has none of them, at no cost. */
  readonly startsAt?: string;
}

/** A new run that is about to go on from a step of one that halted or was undone. */
export interface Fork<Input> {
  readonly subject: string;
  readonly fromStep: string;
  readonly input: Input;
}

/** A saga with its types erased, as the engine runs it. */
export interface Saga {
  readonly name: string;
  readonly version: number;
  readonly startsOn: AnyEventDefinition;
  start(event: RecordedEvent): SagaStart<unknown>;
  readonly steps: readonly SagaStep<unknown>[];
  readonly pointOfNoReturn?: string;
  readonly appends?: readonly AnyEventDefinition[];
  readonly input?: z.ZodType;
  mayFork?(tx: SqlExecutor, fork: Fork<unknown>): Promise<void>;
  needsAttention?(tx: SqlExecutor, context: StepContext<unknown>): Promise<void>;
  attentionOver?(tx: SqlExecutor, context: StepContext<unknown>): Promise<void>;
}

export interface SagaSpec<Input, Start extends AnyEventDefinition> {
  readonly name: string;
  /** Grows when the steps change, so that a run in flight is finished under the steps it began with. */
  readonly version: number;
  readonly startsOn: Start;
  start(event: RecordedEvent<Start["type"], DataOf<Start>>): SagaStart<Input>;
  readonly steps: readonly SagaStep<Input>[];
  /** The step after which nothing is undone: what fails for good later waits for an operator. By default every step can be undone. */
  readonly pointOfNoReturn?: string;
  /** What its steps may append, for the map of the system. */
  readonly appends?: readonly AnyEventDefinition[];
  /** What a fork may be given as its input; without it a fork has the input of its origin. */
  readonly input?: z.ZodType<Input>;
  /** Throws a refusal when what the run is about may not go on in a fork. It reads and writes nothing. */
  mayFork?(tx: SqlExecutor, fork: Fork<Input>): Promise<void>;
  /**
   * Part of the transaction in which the run is handed to an operator: a compensation failed for good, or a step after the
   * point of no return did. `context.failure` says why.
   */
  needsAttention?(tx: SqlExecutor, context: StepContext<Input>): Promise<void>;
  /** Part of the transaction in which a run that an operator had to help ends well after all. */
  attentionOver?(tx: SqlExecutor, context: StepContext<Input>): Promise<void>;
}

/** An action or compensation whose outcome type flows from `call` to `record`. */
export function stepOperation<Input, Outcome>(operation: {
  call: (context: StepContext<Input>, signal: AbortSignal) => Promise<Outcome>;
  record?: (tx: SqlExecutor, context: StepContext<Input>, outcome: Outcome) => Promise<void>;
}): StepOperation<Input> {
  return operation as StepOperation<Input>; // the engine hands `record` what `call` of the same operation returned
}

/** Throws when two steps have one name, or the point of no return is not one of them. */
export function defineSaga<Input, Start extends AnyEventDefinition>(spec: SagaSpec<Input, Start>): Saga {
  const names = new Set(spec.steps.map((step) => step.name));
  if (names.size !== spec.steps.length) throw new Error(`saga ${spec.name} names a step twice`);
  if (spec.pointOfNoReturn !== undefined && !names.has(spec.pointOfNoReturn))
    throw new Error(`saga ${spec.name} has no step ${spec.pointOfNoReturn} to be its point of no return`);
  return spec as unknown as Saga; // inputs are stored as JSON and come back to the same spec
}

/** The step of that name. A run under way relies on it: a definition that lacks it is a bug. */
export function stepOf(saga: Saga, name: string): SagaStep<unknown> {
  const step = saga.steps.find((one) => one.name === name);
  if (step === undefined) throw new Error(`saga ${saga.name} v${saga.version} has no step ${name}`);
  return step;
}

/** Which step is the last that can be undone; undefined when all can. */
export function pointOfNoReturnOf(saga: Saga): number | undefined {
  const ordinal = saga.steps.findIndex(({ name }) => name === saga.pointOfNoReturn);
  return ordinal < 0 ? undefined : ordinal;
}

/** Of several versions of a saga, those that new runs begin with; the others finish the runs that began with them. */
export function latestVersions(sagas: readonly Saga[]): readonly Saga[] {
  return sagas.filter(({ name, version }) => !sagas.some((other) => other.name === name && other.version > version));
}
