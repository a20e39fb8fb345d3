/** One stream: its events, its state at a version or an instant, and the first event after which something is true. */
import { firstStepWhere, loadAggregate, refuse, replayStream } from "@tillstream/eventing";
import type { AnyAggregate, Moment, ReplayStep } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { orThrow, toTrpcError } from "../errors.ts";
import { identifier, instant, text, version } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";
import { ENTRY } from "./events.ts";
import type { HistoryRow } from "./events.ts";

const STREAM_EVENTS_MAX = 1_000;
const EXPRESSION_LENGTH_MAX = 1_000;
const streamId = identifier();

const momentInput = {
  version: version.optional(),
  at: instant.optional(),
};

function toMoment({ version, at }: { version?: number | undefined; at?: string | undefined }): Moment {
  return { ...(version !== undefined && { version }), ...(at !== undefined && { at: new Date(at) }) };
}

/** The aggregate whose stream this is. Refuses a stream that does not exist, and one that has no decider to replay with. */
async function aggregateOf(db: SqlExecutor, aggregates: readonly AnyAggregate[], id: string): Promise<AnyAggregate> {
  const rows = await db.query<{ type: string }>(
    sql`SELECT stream_type AS type FROM events WHERE stream_id = ${id} AND version = 1`,
  );
  const type = rows[0]?.type;
  if (type === undefined) throw toTrpcError(refuse("notFound", "STREAM_NOT_FOUND", `There is no stream ${id}.`));
  const aggregate = aggregates.find(({ streamType }) => streamType === type);
  if (aggregate !== undefined) return aggregate;
  throw toTrpcError(refuse("notFound", "STREAM_HAS_NO_STATE", `Streams of the type ${type} have no state to replay.`));
}

function toStep({ event, state, changes }: ReplayStep) {
  const { eventId, version, type, data, metadata, recordedAt } = event;
  return { eventId, version, type, data, metadata, recordedAt: recordedAt.toISOString(), state, changes };
}

export function streamsRouter(aggregates: readonly AnyAggregate[]) {
  return router({
    read: procedureFor("viewer")
      .input(
        z.strictObject({
          streamId,
          afterVersion: version.default(0),
          limit: z.int().min(1).max(STREAM_EVENTS_MAX).default(200),
        }),
      )
      .query(async ({ ctx, input }) => {
        const rows = await ctx.db.query<Omit<HistoryRow, "position"> & { position: number | null; data: unknown }>(sql`
          SELECT ${ENTRY}, event.data FROM events event LEFT JOIN event_log log USING (event_id)
          WHERE event.stream_id = ${input.streamId} AND event.version > ${input.afterVersion}
          ORDER BY event.version LIMIT ${input.limit}`);
        return {
          streamId: input.streamId,
          events: rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })),
        };
      }),

    /** The state at a version or an instant, or now; replayed, without touching what is live. */
    stateAt: procedureFor("viewer")
      .input(z.strictObject({ streamId, ...momentInput }))
      .query(async ({ ctx, input }) => {
        const aggregate = await aggregateOf(ctx.db, aggregates, input.streamId);
        const { state, version } = await loadAggregate(ctx.db, aggregate, input.streamId, toMoment(input));
        return { streamId: input.streamId, version, state: state as unknown };
      }),

    /** Each event with the state after it and what it changed, from `afterVersion` on. */
    replay: procedureFor("viewer")
      .input(
        z.strictObject({
          streamId,
          ...momentInput,
          afterVersion: version.default(0),
          limit: z.int().min(1).max(STREAM_EVENTS_MAX).default(200),
        }),
      )
      .query(async ({ ctx, input }) => {
        const aggregate = await aggregateOf(ctx.db, aggregates, input.streamId);
        const steps = [];
        for await (const step of replayStream(ctx.db, aggregate, input.streamId, toMoment(input))) {
          if (step.event.version <= input.afterVersion) continue;
          steps.push(toStep(step));
          if (steps.length === input.limit) break;
        }
        return { streamId: input.streamId, steps };
      }),

    /** The first event after which the expression is true of the state; null when it never is. It may cost. */
    firstWhere: procedureFor("viewer")
      .meta({ costs: true })
      .input(z.strictObject({ streamId, where: text(EXPRESSION_LENGTH_MAX).min(1) }))
      .query(async ({ ctx, input }) => {
        const aggregate = await aggregateOf(ctx.db, aggregates, input.streamId);
        const steps = replayStream(ctx.db, aggregate, input.streamId);
        const step = orThrow(await firstStepWhere(steps, input.where, systemScheduler));
        return { streamId: input.streamId, step: step === undefined ? null : toStep(step) };
      }),
  });
}
