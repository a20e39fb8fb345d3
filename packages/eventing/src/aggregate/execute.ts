/**
 * Carrying out a command on an aggregate: load, decide, append at the version that was loaded, and for a state-stored one
 * write its row. When another writer
 * was faster, everything is done again on the new state, a bounded number of times: each lost race means that another
 * command succeeded.
 */
import type { Database, Scheduler, SqlExecutor } from "@tillstream/runtime";
import type { EventMetadata, NewEvent } from "../event/definition.ts";
import { refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import { appendEvents, ConcurrencyError } from "../store/append.ts";
import type { Aggregate, Versioned } from "./aggregate.ts";
import { loadAggregate } from "./load.ts";
import type { StateStored } from "./state-stored.ts";

export const EXECUTE_ATTEMPTS_MAX = 16;
const BACKOFF_MS = 4;

/** What a command led to. */
export interface Execution<Event> {
  /** The stream's version after the command. */
  readonly version: number;
  /** Empty when the command changed nothing. */
  readonly events: readonly Event[];
}

/** What the caller saw, and the refusal for the case that the stream has moved on since. */
export interface Expected {
  readonly version: number;
  readonly otherwise: Refusal;
}

/** In the caller's transaction, without retry: throws a `Refusal`, and `ConcurrencyError` for a lost race. */
export async function executeIn<State, Command, Event extends NewEvent>(
  tx: SqlExecutor,
  aggregate: AnyStored<State, Command, Event>,
  id: string,
  command: Command,
  metadata: EventMetadata,
  expected?: Expected,
): Promise<Execution<Event>> {
  const streamId = aggregate.streamId(id);
  const { state, version } = await load(tx, aggregate, id);
  if (expected !== undefined && expected.version !== version) throw expected.otherwise;
  const events = aggregate.decider.decide(command, state);
  if (events.length === 0) return { version, events };
  const { evolve } = aggregate.decider;
  const after = { state: events.reduce(evolve, state), version: version + events.length };
  const expectedVersion = version === 0 ? "new" : version;
  const append = { streamId, streamType: aggregate.streamType, expectedVersion, events, metadata } as const;
  await appendEvents(tx, append, "store" in aggregate ? aggregate.store(id, after, events) : undefined);
  return { version: after.version, events };
}

type AnyStored<State, Command, Event extends NewEvent> =
  | Aggregate<State, Command, Event>
  | StateStored<State, Command, Event>;

async function load<State, Command, Event extends NewEvent>(
  tx: SqlExecutor,
  aggregate: AnyStored<State, Command, Event>,
  id: string,
): Promise<Versioned<State>> {
  if (!("load" in aggregate)) return loadAggregate(tx, aggregate, aggregate.streamId(id));
  return (await aggregate.load(tx, id)) ?? { state: aggregate.decider.initialState, version: 0 };
}

/** Runs `work` in a transaction, again after each lost race; refused with `CONFLICT` when every attempt lost. */
export async function retryLostRaces<Result>(
  db: Database,
  scheduler: Scheduler,
  work: (tx: SqlExecutor) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; attempt <= EXECUTE_ATTEMPTS_MAX; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (!(error instanceof ConcurrencyError)) throw error;
      await scheduler.sleep(BACKOFF_MS * attempt);
    }
  }
  throw refuse("conflict", "CONFLICT", "Others changed this at the same time. Your change was not made; try again.", {
    retryAfterSeconds: 1,
  });
}
