/**
 * One stream: its events, what each changed, its state at a version or an instant, what differs between two of them, and the
 * first event after which something is true.
 */
import {
  changesBetween,
  firstStepWhere,
  loadAggregate,
  refuse,
  replayStream,
  UnreadableEventError,
  versionAt,
} from "@tillstream/eventing";
import type { AnyAggregate, Moment, ReplayStep } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { identifier, instant, text, version } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";
import { ENTRY } from "./events.ts";
import type { HistoryRow } from "./events.ts";
import { pointers, valuesAt } from "./pointers.ts";

const STREAM_EVENTS_MAX = 1_000;
const EXPRESSION_LENGTH_MAX = 1_000;
/** Of a difference: more than that, nobody reads. */
const CHANGES_MAX = 200;
const VERSION_MAX = 2 ** 31 - 1;
const streamId = identifier();

const momentInput = {
  version: version.optional(),
  at: instant.optional(),
};
const pageInput = {
  afterVersion: version.default(0),
  limit: z.int().min(1).max(STREAM_EVENTS_MAX).default(200),
};

interface MomentInput {
  readonly version?: number | undefined;
  readonly at?: string | undefined;
}

function toMoment({ version, at }: MomentInput): Moment {
  return { ...(version !== undefined && { version }), ...(at !== undefined && { at: new Date(at) }) };
}

/** `limit` versions at most: nothing is read that is not answered. */
function toRange({ afterVersion, limit, ...moment }: MomentInput & { afterVersion: number; limit: number }) {
  const last = Math.min(moment.version ?? VERSION_MAX, afterVersion + limit);
  return { ...toMoment(moment), version: last, afterVersion };
}

/** The type and the newest version of a stream. Refuses one that does not exist. */
async function streamOf(db: SqlExecutor, id: string): Promise<{ type: string; newest: number }> {
  const rows = await db.query<{ type: string; newest: number }>(sql`
    SELECT stream_type AS type, version AS newest FROM events WHERE stream_id = ${id} ORDER BY version DESC LIMIT 1`);
  if (rows[0] === undefined) throw refuse("notFound", "STREAM_NOT_FOUND", `Stream ${id} does not exist.`);
  return rows[0];
}

/** A version that lies in the future of its stream: its state is not known yet. */
export function notReached(field: string, newest: number) {
  const message = `The stream has the versions 1 to ${newest}.`;
  return refuse("invalid", "VERSION_NOT_REACHED", message, { fields: [{ field, rule: `<= ${newest}`, message }] });
}

/** What reads events; refused where this deployment cannot read one of them. */
function reading<Result>(work: Promise<Result>): Promise<Result> {
  return work.catch((error: unknown) => {
    if (!(error instanceof UnreadableEventError)) throw error;
    const message = `This deployment cannot read an event of the stream: ${error.message}.`;
    throw refuse("conflict", "EVENT_NOT_READABLE", message);
  });
}

function toStep({ event, state, changes }: ReplayStep) {
  const { eventId, version, type, data, metadata, recordedAt } = event;
  return { eventId, version, type, data, metadata, recordedAt: recordedAt.toISOString(), state, changes };
}

async function allOf(replay: AsyncIterable<ReplayStep>) {
  const steps = [];
  for await (const step of replay) steps.push(toStep(step));
  return steps;
}

interface StreamRow extends Omit<HistoryRow, "position"> {
  readonly position: number | null;
  readonly data: unknown;
  readonly snapshotShape: number | null;
}

export function streamsRouter(aggregates: readonly AnyAggregate[]) {
  const aggregateFor = (type: string) => aggregates.find(({ streamType }) => streamType === type);

  /** Refuses a stream that does not exist, and one that has no decider to replay with. */
  async function aggregateOf(db: SqlExecutor, id: string): Promise<AnyAggregate> {
    const { type } = await streamOf(db, id);
    const aggregate = aggregateFor(type);
    if (aggregate !== undefined) return aggregate;
    throw refuse("notFound", "STREAM_HAS_NO_STATE", `Streams of the type ${type} have no state to replay.`);
  }

  /** `used`: replays begin at it. A snapshot of another shape is `outdated`. */
  function snapshotOf({ streamType, snapshotShape }: StreamRow): "used" | "outdated" | null {
    if (snapshotShape === null) return null;
    return aggregateFor(streamType)?.stateVersion === snapshotShape ? "used" : "outdated";
  }

  return router({
    read: procedureFor("viewer")
      .input(z.strictObject({ streamId, ...pageInput }))
      .query(async ({ ctx, input }) => {
        const rows = await ctx.db.query<StreamRow>(sql`
          SELECT ${ENTRY}, event.data, snapshot.state_version AS "snapshotShape"
          FROM events event LEFT JOIN event_log log USING (event_id)
            LEFT JOIN snapshots snapshot ON snapshot.stream_id = event.stream_id AND snapshot.version = event.version
          WHERE event.stream_id = ${input.streamId} AND event.version > ${input.afterVersion}
          ORDER BY event.version LIMIT ${input.limit}`);
        return {
          streamId: input.streamId,
          events: (await withActorNames(ctx.db, rows, ({ metadata }) => metadata.actor)).map(
            ({ snapshotShape, ...row }) => ({
              ...row,
              recordedAt: row.recordedAt.toISOString(),
              snapshot: snapshotOf({ snapshotShape, ...row }),
            }),
          ),
        };
      }),

    /** How far a stream is, at an instant too: `version` is the last one by then, 0 when it had not begun. */
    point: procedureFor("viewer")
      .input(z.strictObject({ streamId, at: instant.optional() }))
      .query(async ({ ctx, input: { streamId: id, at } }) => {
        const { type, newest } = await streamOf(ctx.db, id);
        const version = at === undefined ? newest : await versionAt(ctx.db, id, new Date(at));
        return { streamId: id, streamType: type, hasState: aggregateFor(type) !== undefined, newest, version };
      }),

    /** The state at a version or an instant, or now; replayed, without touching what is live. */
    stateAt: procedureFor("viewer")
      .input(z.strictObject({ streamId, ...momentInput }))
      .query(async ({ ctx, input }) => {
        const aggregate = await aggregateOf(ctx.db, input.streamId);
        const { state, version } = await reading(loadAggregate(ctx.db, aggregate, input.streamId, toMoment(input)));
        return { streamId: input.streamId, version, state: state as unknown };
      }),

    /** Each event with the state after it and what it changed, from `afterVersion` on. */
    replay: procedureFor("viewer")
      .input(z.strictObject({ streamId, ...momentInput, ...pageInput }))
      .query(async ({ ctx, input }) => {
        const aggregate = await aggregateOf(ctx.db, input.streamId);
        const steps = replayStream(ctx.db, aggregate, input.streamId, toRange(input));
        return { streamId: input.streamId, steps: await reading(allOf(steps)) };
      }),

    /**
     * What each event changed, from `afterVersion` on, with what of the state after it is asked for; without states, whose
     * size is anything. `problem`: why the steps end before the events do.
     */
    changes: procedureFor("viewer")
      .input(z.strictObject({ streamId, ...pageInput, show: pointers }))
      .query(async ({ ctx, input }) => {
        const { streamId: id, show } = input;
        const aggregate = await aggregateOf(ctx.db, id);
        const steps: { version: number; changes: ReplayStep["changes"]; shown: Record<string, unknown> }[] = [];
        try {
          for await (const { event, state, changes } of replayStream(ctx.db, aggregate, id, toRange(input)))
            steps.push({ version: event.version, changes, shown: valuesAt(state, show) });
          return { streamId: id, steps, problem: null };
        } catch (error) {
          if (error instanceof UnreadableEventError) return { streamId: id, steps, problem: error.message };
          throw error;
        }
      }),

    /** What differs from one version to another, at most `CHANGES_MAX` places; `more` counts the rest. */
    compare: procedureFor("viewer")
      .input(z.strictObject({ streamId, from: version, to: version, show: pointers }))
      .query(async ({ ctx, input: { streamId: id, from, to, show } }) => {
        const aggregate = await aggregateOf(ctx.db, id);
        const stateAt = async (field: "from" | "to", asked: number) => {
          const { state, version } = await reading(loadAggregate(ctx.db, aggregate, id, { version: asked }));
          if (version < asked) throw notReached(field, version);
          return state as unknown;
        };
        const before = await stateAt("from", from);
        const after = await stateAt("to", to);
        const changes = changesBetween(before, after);
        return {
          streamId: id,
          changes: changes.slice(0, CHANGES_MAX),
          more: Math.max(0, changes.length - CHANGES_MAX),
          shown: valuesAt(after, show),
        };
      }),

    /**
     * The first event after which the expression is true of the state, of those after `afterVersion`; null when it never is. It
     * may cost.
     */
    firstWhere: procedureFor("viewer")
      .meta({ costs: true })
      .input(z.strictObject({ streamId, where: text(EXPRESSION_LENGTH_MAX).min(1), afterVersion: version.default(0) }))
      .query(async ({ ctx, input }) => {
        const aggregate = await aggregateOf(ctx.db, input.streamId);
        const steps = replayStream(ctx.db, aggregate, input.streamId, { afterVersion: input.afterVersion });
        const step = await reading(firstStepWhere(steps, input.where, systemScheduler));
        return { streamId: input.streamId, step: step === undefined ? null : toStep(step) };
      }),
  });
}
