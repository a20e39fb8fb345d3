/**
 * Carrying out a command on an aggregate: load, decide, append at the version that was loaded. When another writer
 * was faster the whole is done again on the new state, a bounded number of times: each lost race means that somebody
 * else's command succeeded.
 */
import type { Database, Scheduler, SqlExecutor } from "@tillstream/runtime";
import type { EventMetadata, NewEvent } from "../event/definition.ts";
import { isRefusal, refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import { appendEvents, ConcurrencyError } from "../store/append.ts";
import type { Aggregate } from "./aggregate.ts";
import { loadAggregate } from "./load.ts";

export const EXECUTE_ATTEMPTS_MAX = 16;
const BACKOFF_MS = 4;

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

/** In the caller's transaction, without retry: throws `ConcurrencyError` for a lost race. */
export async function executeIn<State, Command, Event extends NewEvent>(
  tx: SqlExecutor,
  aggregate: Aggregate<State, Command, Event>,
  streamId: string,
  command: Command,
  metadata: EventMetadata,
  expected?: Expected,
): Promise<Execution<Event> | Refusal> {
  const { state, version } = await loadAggregate(tx, aggregate, streamId);
  if (expected !== undefined && expected.version !== version) return expected.otherwise;
  const events = aggregate.decider.decide(command, state);
  if (isRefusal(events)) return events;
  if (events.length === 0) return { version, events };
  const expectedVersion = version === 0 ? "new" : version;
  const appended = await appendEvents(tx, {
    streamId,
    streamType: aggregate.streamType,
    expectedVersion,
    events,
    metadata,
  });
  return { version: appended, events };
}

/** Runs `work` in a transaction, again after each lost race; `CONFLICT` when every attempt lost. */
export async function retryLostRaces<Result>(
  db: Database,
  scheduler: Scheduler,
  work: (tx: SqlExecutor) => Promise<Result>,
): Promise<Result | Refusal> {
  for (let attempt = 1; attempt <= EXECUTE_ATTEMPTS_MAX; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (!(error instanceof ConcurrencyError)) throw error;
      await scheduler.sleep(BACKOFF_MS * attempt);
    }
  }
  return refuse(
    "conflict",
    "CONFLICT",
    "Others changed this at the same time. Nothing was changed by you; try again.",
    {
      retryAfterSeconds: 1,
    },
  );
}
