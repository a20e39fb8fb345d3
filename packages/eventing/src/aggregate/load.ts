/** Loading an aggregate: now, or as it was at a version or at an instant. Never touches live state. */
import type { SqlExecutor } from "@tillstream/runtime";
import { readStream, STREAM_READ_MAX, versionAt } from "../store/read.ts";
import type { NewEvent } from "../event/definition.ts";
import { fromEvents } from "./aggregate.ts";
import type { Aggregate, Versioned } from "./aggregate.ts";
import { readSnapshot } from "./snapshots.ts";

/** Up to and including a version, or the version at an instant; with both, the earlier. */
export interface Moment {
  readonly version?: number;
  readonly at?: Date;
}

/** The version that a moment names; undefined for now. */
export async function versionOf(
  db: SqlExecutor,
  streamId: string,
  { version, at }: Moment,
): Promise<number | undefined> {
  return at === undefined ? version : Math.min(version ?? Infinity, await versionAt(db, streamId, at));
}

/** The state at `moment`, from the latest snapshot before it and the events since. Version 0 for an unknown stream. */
export async function loadAggregate<State, Command, Event extends NewEvent>(
  db: SqlExecutor,
  aggregate: Aggregate<State, Command, Event>,
  streamId: string,
  moment: Moment = {},
): Promise<Versioned<State>> {
  const toVersion = await versionOf(db, streamId, moment);
  const snapshot = await readSnapshot<State>(db, streamId, aggregate.stateVersion, toVersion);
  let current = snapshot ?? { state: aggregate.decider.initialState, version: 0 };
  for (;;) {
    const events = await readStream(db, streamId, {
      afterVersion: current.version,
      ...(toVersion !== undefined && { toVersion }),
    });
    current = fromEvents(aggregate, events, current);
    if (events.length < STREAM_READ_MAX) return current;
  }
}
