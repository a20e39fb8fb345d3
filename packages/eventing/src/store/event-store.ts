/**
 * The event store as the kernel needs it. `event-store.contract.ts` says in full how one behaves; any implementation
 * must pass it.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { StoredEvent } from "../event/definition.ts";
import { appendEvents } from "./append.ts";
import type { Append } from "./append.ts";
import { readLog, readStream, versionAt } from "./read.ts";
import type { LoggedEvent, StreamRange } from "./read.ts";

/** Streams of events, and one global order of them all. */
export interface EventStore {
  /** Appends all events or none; resolves to the stream's new version. Rejects with `ConcurrencyError` when the expectation does not hold. */
  append(append: Append): Promise<number>;
  readStream(streamId: string, range?: StreamRange): Promise<readonly StoredEvent[]>;
  /** The version of a stream at an instant, whose history is without a gap; 0 when there was none yet. */
  versionAt(streamId: string, at: Date): Promise<number>;
  /** What has a place in the global order, after a position. */
  readLog(afterPosition: number, limit: number): Promise<readonly LoggedEvent[]>;
}

/** The store over Postgres, in the transaction of the executor. */
export function postgresEventStore(db: SqlExecutor): EventStore {
  return {
    append: (append) => appendEvents(db, append),
    readStream: (streamId, range) => readStream(db, streamId, range),
    versionAt: (streamId, at) => versionAt(db, streamId, at),
    readLog: (afterPosition, limit) => readLog(db, afterPosition, limit),
  };
}
