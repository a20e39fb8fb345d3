/** Loading an aggregate: now, or as it was at a version or at an instant. Never touches live state. */
import type { SqlExecutor } from "@tillstream/runtime";
import { readStream, STREAM_READ_MAX } from "../store/read.ts";
import type { NewEvent } from "../event/definition.ts";
import { fromEvents } from "./aggregate.ts";
import type { Aggregate, Versioned } from "./aggregate.ts";
import { readSnapshot } from "./snapshots.ts";

/** Up to and including a version, or whatever was recorded up to and including an instant. */
export interface Moment {
  readonly version?: number;
  readonly at?: Date;
}

/** The state at `moment`, from the latest snapshot before it and the events since. Version 0 when there is no such stream. */
export async function loadAggregate<State, Command, Event extends NewEvent>(
  db: SqlExecutor,
  aggregate: Aggregate<State, Command, Event>,
  streamId: string,
  moment: Moment = {},
): Promise<Versioned<State>> {
  // An instant does not say which snapshots lie before it, and these reads are rare: they replay from the start.
  const snapshot =
    moment.at === undefined
      ? await readSnapshot<State>(db, streamId, aggregate.stateVersion, moment.version)
      : undefined;
  let current = snapshot ?? { state: aggregate.decider.initialState, version: 0 };
  for (;;) {
    const events = await readStream(db, streamId, {
      afterVersion: current.version,
      ...(moment.version !== undefined && { toVersion: moment.version }),
      ...(moment.at !== undefined && { until: moment.at }),
    });
    current = fromEvents(aggregate, events, current);
    if (events.length < STREAM_READ_MAX) return current;
  }
}
