/** What events make of a projection's rows: step by step, beside what is stored, at a version of a stream; and one stream mended. */
import {
  compareProjection,
  readModelAt,
  rebuildStream,
  refuse,
  stepProjection,
  storedRows,
  STEPS_MAX,
} from "@tillstream/eventing";
import type { CompareScope, Projection, ProjectionStep } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { audited } from "../audited.ts";
import { identifier, reason, version } from "../input.ts";
import { procedureFor } from "../procedures.ts";
import { notReached } from "./streams.ts";

const STEPS_DEFAULT = 200;

const name = identifier(100);
const streamId = identifier();
const position = z.int().min(0);
const limit = z.int().min(1).max(STEPS_MAX).default(STEPS_DEFAULT);

const stepInput = z.union([
  z.strictObject({ name, streamId, afterVersion: version.default(0), toVersion: version.optional(), limit }),
  z.strictObject({ name, correlationId: identifier(), limit }),
  z
    .strictObject({ name, fromPosition: position, toPosition: position, limit })
    .refine(({ fromPosition, toPosition }) => fromPosition <= toPosition, {
      path: ["toPosition"],
      error: "is before fromPosition",
    }),
]);

const compareInput = z.union([
  z.strictObject({ name, streamId }),
  z.strictObject({ name, key: identifier() }),
  z.strictObject({ name, all: z.literal(true) }),
]);

function scopeOf(input: z.output<typeof compareInput>): CompareScope {
  if ("streamId" in input) return { streamId: input.streamId };
  return "key" in input ? { key: input.key } : "all";
}

function toStep({ event, ...step }: ProjectionStep) {
  const { eventId, streamId, version, position, type, recordedAt } = event;
  return { event: { eventId, streamId, version, position, type, recordedAt: recordedAt.toISOString() }, ...step };
}

/** By default the newest. Refuses a stream, or a version of it, that there is not. */
async function versionOf(
  db: SqlExecutor,
  at: { readonly streamId: string; readonly version?: number | undefined },
): Promise<number> {
  const [stream] = await db.query<{ newest: number | null }>(sql`
    SELECT max(version) AS newest FROM events WHERE stream_id = ${at.streamId}`);
  const newest = stream?.newest ?? null;
  if (newest === null) throw refuse("notFound", "STREAM_NOT_FOUND", `Stream ${at.streamId} does not exist.`);
  const { version = newest } = at;
  if (version > newest) throw notReached("version", newest);
  return version;
}

/** Each of these reads a history, and so is asked by POST; none but the last writes. */
export function steppingProcedures(projections: readonly Projection[]) {
  function named(name: string): Projection {
    const projection = projections.find((one) => one.name === name);
    if (projection !== undefined) return projection;
    throw refuse("notFound", "PROJECTION_NOT_FOUND", `Projection ${name} does not exist.`);
  }
  const costly = procedureFor("viewer").meta({ costs: true });
  return {
    /** Each event of a stream, a correlation or a stretch of the global order, and what it changed. */
    step: costly.input(stepInput).query(async ({ ctx, input }) => {
      const { name, limit, ...scope } = input;
      const { steps, ...stepped } = await stepProjection(ctx.db, named(name), scope, limit);
      return { name, ...stepped, steps: steps.map(toStep) };
    }),

    /** The stored rows beside those that the events make. */
    compare: costly.input(compareInput).query(async ({ ctx, input }) => ({
      name: input.name,
      ...(await compareProjection(ctx.db, named(input.name), scopeOf(input))),
    })),

    /** What a stream's events had made of each projection's rows after one of its versions, beside what is there now. */
    at: costly.input(z.strictObject({ streamId, version: version.optional() })).query(async ({ ctx, input }) => {
      const version = await versionOf(ctx.db, input);
      const models = [];
      for (const projection of projections) {
        const model = await readModelAt(ctx.db, projection, input.streamId, version);
        if (model !== undefined) models.push(model);
      }
      return { streamId: input.streamId, version, models };
    }),

    /** Puts the rows that a stream's events make in the place of those that are stored. */
    rebuildStream: procedureFor("operator")
      .input(z.strictObject({ name, streamId, reason }))
      .mutation(
        audited({
          about: (input) => ({ subject: `${input.name} of ${input.streamId}`, reason: input.reason }),
          state: (db, input) => storedRows(db, named(input.name), input.streamId),
          work: async (ctx, input) => ({
            name: input.name,
            streamId: input.streamId,
            ...(await rebuildStream(ctx.db, named(input.name), input.streamId)),
          }),
        }),
      ),
  };
}
