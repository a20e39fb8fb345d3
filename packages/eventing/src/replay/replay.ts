/**
 * Replaying a stream to find out where something went wrong: each event, the state after it and what changed. Reads
 * history only; live state is never touched.
 */
import { default as difference } from "microdiff";
import type { SqlExecutor } from "@tillstream/runtime";
import { readEvent } from "../aggregate/aggregate.ts";
import type { AnyAggregate } from "../aggregate/aggregate.ts";
import { versionOf } from "../aggregate/load.ts";
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

export interface ReplayStep {
  readonly event: RecordedEvent;
  readonly state: unknown;
  readonly changes: readonly StateChange[];
}

/** The steps of a stream in order, up to `until`. Reads page by page, so that a long stream needs no memory. */
export async function* replayStream(
  db: SqlExecutor,
  aggregate: AnyAggregate,
  streamId: string,
  until: Moment = {},
): AsyncGenerator<ReplayStep> {
  const toVersion = await versionOf(db, streamId, until);
  let state: unknown = aggregate.decider.initialState;
  let afterVersion = 0;
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
