/** The console's operations, generic over any module: history, subscriptions, outbox, sagas, dead letters. */
import { outboxStatus } from "@tillstream/eventing";
import type { AnyAggregate, EventCatalogue, Projection } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { z } from "zod";
import { procedureFor, router } from "../procedures.ts";
import { eventsRouter } from "./events.ts";
import { alertsRouter, consumersRouter, projectionsRouter } from "./projections.ts";
import { sagasRouter } from "./sagas.ts";
import { schemasRouter } from "./schemas.ts";
import { streamsRouter } from "./streams.ts";

interface DeadLetterRow {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly streamId: string;
  readonly error: string;
  readonly attempts: number;
  readonly status: string;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

const deadLettersInput = z
  .object({
    /** The id of the last letter of the page before. */
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, "must be the id of a dead letter")
      .optional(),
    consumer: z.string().min(1).max(300).optional(),
    limit: z.int().min(1).max(200).default(50),
  })
  .prefault({});

/** What the deployment's modules bring that can be operated. */
export interface Operated {
  readonly catalogue: EventCatalogue;
  readonly projections: readonly Projection[];
  readonly aggregates: readonly AnyAggregate[];
}

/** The parts of the admin router that know no module. */
export function operationsRouters({ catalogue, projections, aggregates }: Operated) {
  return {
    events: eventsRouter(catalogue),
    schemas: schemasRouter(catalogue),
    streams: streamsRouter(aggregates),
    sagas: sagasRouter,
    projections: projectionsRouter(projections),
    consumers: consumersRouter,
    alerts: alertsRouter,
    outbox: router({
      status: procedureFor("viewer").query(async ({ ctx }) => {
        const { lease, ...status } = await outboxStatus(ctx.db);
        return { ...status, lease: lease && { ...lease, expiresAt: lease.expiresAt.toISOString() } };
      }),
    }),
    deadLetters: router({
      list: procedureFor("viewer")
        .input(deadLettersInput)
        .query(async ({ ctx, input }) => {
          const older = input.cursor === undefined ? sql`true` : sql`dead_letters.id < ${Number(input.cursor)}`;
          const byConsumer = input.consumer === undefined ? sql`true` : sql`consumer = ${input.consumer}`;
          const rows = await ctx.db.query<DeadLetterRow>(sql`
            SELECT id::text, consumer, event_id AS "eventId", stream_id AS "streamId", error, attempts, status,
                   first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt"
            FROM dead_letters WHERE ${older} AND ${byConsumer} ORDER BY dead_letters.id DESC LIMIT ${input.limit + 1}`);
          const items = rows.slice(0, input.limit).map((row) => ({
            ...row,
            firstFailedAt: row.firstFailedAt.toISOString(),
            lastFailedAt: row.lastFailedAt.toISOString(),
          }));
          return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
        }),
      /** How many letters are open: those that failed, and those that wait behind one. */
      counts: procedureFor("viewer").query(async ({ ctx }) => {
        const rows = await ctx.db.query<{ consumer: string; parked: number; waiting: number }>(sql`
          SELECT consumer, (count(*) FILTER (WHERE status = 'parked'))::int AS parked, (count(*) FILTER (WHERE status = 'waiting'))::int AS waiting
          FROM dead_letters WHERE status IN ('parked', 'waiting') GROUP BY consumer ORDER BY consumer`);
        const sum = (of: "parked" | "waiting") => rows.reduce((total, row) => total + row[of], 0);
        return { parked: sum("parked"), waiting: sum("waiting"), byConsumer: rows };
      }),
    }),
    /** Who is signed in. */
    session: router({ me: procedureFor("viewer").query(({ ctx }) => ctx.user) }),
  };
}
