/**
 * Replaying a stream to find out where something went wrong: each event, the state after it and what changed. Reads
 * history only; live state is never touched.
 */
import { default as difference } from "microdiff";
import type { SqlExecutor } from "@tillstream/runtime";
import { readEvent } from "../aggregate/aggregate.ts";
import type { AnyAggregate, Versioned } from "../aggregate/aggregate.ts";
import { loadAggregate, versionOf } from "../aggregate/load.ts";
import type { Moment } from "../aggregate/load.ts";
import type { RecordedEvent } from "../event/definition.ts";
import { readStream } from "../store/read.ts";

const PAGE_EVENTS = 500;

/** One place of the state that an event changed; `before` or `after` is absent where there was or is nothing. */
export interface StateChange {
  /** A JSON pointer (RFC 6901). */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One event of a replay, the state after it and what changed. */
export interface ReplayStep {
  readonly event: RecordedEvent;
  readonly state: unknown;
  readonly changes: readonly StateChange[];
}

/** Which steps of a stream: those up to a moment, after a version. */
export interface ReplayRange extends Moment {
  readonly afterVersion?: number;
}

/**
 * The steps of a stream in order. Reads page by page, so that a long stream needs no memory, and begins at the last snapshot
 * that `afterVersion` allows, so that its end costs no more than its start. Throws `UnreadableEventError` at an event that
 * this code cannot read.
 */
export async function* replayStream(
  db: SqlExecutor,
  aggregate: AnyAggregate,
  streamId: string,
  range: ReplayRange = {},
): AsyncGenerator<ReplayStep> {
  const toVersion = await versionOf(db, streamId, range);
  let { state, version: afterVersion } = await stateBefore(db, aggregate, streamId, range.afterVersion ?? 0);
  for (;;) {
    const page = await readStream(db, streamId, {
      afterVersion,
      limit: PAGE_EVENTS,
      ...(toVersion !== undefined && { toVersion }),
    });
    for (const stored of page) {
      const event = readEvent(aggregate, stored);
      const next: unknown = aggregate.decider.evolve(state, event);
      yield { event, state: next, changes: changesBetween(state, next) };
      state = next;
      afterVersion = stored.version;
    }
    if (page.length < PAGE_EVENTS) return;
  }
}

async function stateBefore(
  db: SqlExecutor,
  aggregate: AnyAggregate,
  streamId: string,
  version: number,
): Promise<Versioned<unknown>> {
  if (version > 0) return loadAggregate(db, aggregate, streamId, { version });
  return { state: aggregate.decider.initialState as unknown, version };
}

/** What differs from one state to another, place by place. */
export function changesBetween(before: unknown, after: unknown): StateChange[] {
  return difference({ state: before }, { state: after }).map((change) => ({
    path: change.path
      .slice(1)
      .map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join(""),
    ...("oldValue" in change && { before: change.oldValue as unknown }),
    ...("value" in change && { after: change.value as unknown }),
  }));
}
