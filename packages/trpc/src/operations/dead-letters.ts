/** Dead letters: by kind of failure, one by one with their trace; retry one or many, discard, deliver an edited copy. */
import {
  discardDeadLetter,
  editAndRetry,
  groupDeadLetters,
  deadLetterById,
  deadLetterState,
  listDeadLetters,
  listRetries,
  refuse,
  requestRetry,
  retryStatus,
  selectionState,
  stopRetry,
} from "@tillstream/eventing";
import type { DeadLetter, EventCatalogue, RetrySelection } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { z } from "zod";
import { audited } from "../audited.ts";
import { actorOf } from "../context.ts";
import { identifier, nothing, perSecond, reason, storableObject, timeOrder } from "../input.ts";
import { listCursor, placeNumber } from "../list-cursor.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";
import { redacting } from "./redact.ts";
import type { Redact } from "./redact.ts";

const PAGE_MAX = 200;
const RETRY_IDS_MAX = 1_000;
/** "All" of a group, within a bound that an operator can watch. */
const RETRY_MAX = 10_000;

const letterId = z.string().regex(/^\d{1,15}$/, "must be the id of a dead letter");
const name = identifier();
/** The id of the last dead letter of the page before. */
const pages = listCursor("deadLetters.list", placeNumber);

const toLetter = <Letter extends DeadLetter>(letter: Letter) => ({
  ...letter,
  firstFailedAt: letter.firstFailedAt.toISOString(),
  lastFailedAt: letter.lastFailedAt.toISOString(),
  nextAttemptAt: letter.nextAttemptAt?.toISOString() ?? null,
  finishedAt: letter.finishedAt?.toISOString() ?? null,
});

const pace = {
  perSecond,
  stopOnFailure: z.boolean().default(false),
};

/** How many actions on this dead letter the page showed. If there have been more since, nothing is done. */
const seenActions = z.int().min(0).optional();
/** The id of the latest retry that the page showed, "0" for none. If there has been a later one, nothing is done. */
const seenRetry = letterId.optional();

const retryInput = z.union([
  z.strictObject({ id: letterId, reason, seenActions, ...pace }),
  z.strictObject({ ids: z.array(letterId).min(1).max(RETRY_IDS_MAX), reason, seenRetry, ...pace }),
  z.strictObject({
    consumer: name.optional(),
    fingerprint: name.optional(),
    limit: z.int().min(1).max(RETRY_MAX).default(RETRY_MAX),
    reason,
    seenRetry,
    ...pace,
  }),
]);

function selectionOf(input: z.output<typeof retryInput>): RetrySelection {
  if ("id" in input) return { ids: [Number(input.id)] };
  if ("ids" in input) return { ids: input.ids.map(Number) };
  return input;
}

/** The dead letters in words: their ids, or the group. */
function subjectOf(input: z.output<typeof retryInput>): string {
  if ("id" in input) return input.id;
  if ("ids" in input) return input.ids.join(", ");
  return [input.consumer, input.fingerprint].filter((part) => part !== undefined).join(" ") || "all";
}

const streamsOf = (ids: readonly string[]): Sql =>
  sql`SELECT stream_id AS subject FROM dead_letters WHERE id = ANY(${ids.map(Number)}::bigint[])`;
const letterIds = (input: z.output<typeof retryInput>): readonly string[] =>
  "id" in input ? [input.id] : "ids" in input ? input.ids : [];

/** @param redact not used for a group of dead letters, which are about many people */
export function deadLettersRouter(catalogue: EventCatalogue, redact?: Redact) {
  return router({
    list: procedureFor("viewer")
      .input(
        z
          .strictObject({
            cursor: pages.input.optional(),
            consumer: name.optional(),
            fingerprint: name.optional(),
            streamId: name.optional(),
            /** Without it: those that are open. */
            status: z.enum(["retrying", "parked", "waiting", "resolved", "discarded", "all"]).optional(),
            limit: z.int().min(1).max(PAGE_MAX).default(50),
            order: timeOrder,
          })
          .prefault({}),
      )
      .query(async ({ ctx, input: { cursor, limit, ...filter } }) => {
        const [after] = pages.placeIn(filter, cursor) ?? [];
        const rows = await listDeadLetters(ctx.db, { ...filter, after, limit: limit + 1 });
        const items = rows.slice(0, limit).map(toLetter);
        const last = rows.length > limit ? items.at(-1) : undefined;
        return { items, nextCursor: pages.after(filter, last && [Number(last.id)]) };
      }),

    /** How many dead letters are open: those that failed, and those that wait behind one. */
    counts: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx }) => {
        const rows = await ctx.db.query<{ consumer: string; parked: number; retrying: number; waiting: number }>(sql`
        SELECT consumer, (count(*) FILTER (WHERE status = 'parked'))::int AS parked, (count(*) FILTER (WHERE status = 'retrying'))::int AS retrying,
               (count(*) FILTER (WHERE status = 'waiting'))::int AS waiting
        FROM dead_letters WHERE status IN ('retrying', 'parked', 'waiting') GROUP BY consumer ORDER BY consumer`);
        const [last] = await ctx.db.query<{ at: Date | null }>(sql`SELECT max(last_failed_at) AS at FROM dead_letters`);
        const sum = (of: "parked" | "retrying" | "waiting") => rows.reduce((total, row) => total + row[of], 0);
        return {
          parked: sum("parked"),
          retrying: sum("retrying"),
          waiting: sum("waiting"),
          byConsumer: rows,
          lastFailedAt: last?.at?.toISOString() ?? null,
        };
      }),

    /** Open failures by consumer and kind, with how many began in each of the last twelve times five minutes. */
    groups: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx }) => {
        const groups = await groupDeadLetters(ctx.db);
        return groups.map((group) => ({
          ...group,
          firstFailedAt: group.firstFailedAt.toISOString(),
          lastFailedAt: group.lastFailedAt.toISOString(),
        }));
      }),

    byId: procedureFor("viewer")
      .input(z.strictObject({ id: letterId }))
      .query(async ({ ctx, input }) => {
        const letter = await deadLetterById(ctx.db, Number(input.id));
        if (letter === undefined)
          throw refuse("notFound", "DEAD_LETTER_NOT_FOUND", `Dead letter ${input.id} does not exist.`);
        const actions = await withActorNames(ctx.db, letter.actions, ({ actor }) => actor);
        return {
          ...toLetter(letter),
          actions: actions.map((action) => ({ ...action, at: action.at.toISOString() })),
        };
      }),

    /** The latest retries that operators asked for, with what came of them. */
    retries: procedureFor("viewer")
      .input(z.strictObject({ limit: z.int().min(1).max(PAGE_MAX).default(20) }).prefault({}))
      .query(async ({ ctx, input }) => {
        const retries = await withActorNames(ctx.db, await listRetries(ctx.db, input.limit), ({ actor }) => actor);
        return retries.map((retry) => ({
          ...retry,
          createdAt: retry.createdAt.toISOString(),
          finishedAt: retry.finishedAt?.toISOString() ?? null,
        }));
      }),

    /** Retries one, several or a whole group of parked events, at a pace. */
    retry: procedureFor("operator")
      .input(retryInput)
      .mutation(
        audited({
          redact: redacting(redact, (input) => streamsOf(letterIds(input))),
          about: (input) => ({ subject: subjectOf(input), reason: input.reason }),
          state: (db, input) => selectionState(db, selectionOf(input)),
          async work(ctx, input) {
            const { perSecond, stopOnFailure } = input;
            const retry = await requestRetry(ctx.db, {
              selection: selectionOf(input),
              actor: actorOf(ctx),
              reason: input.reason,
              perSecond,
              stopOnFailure,
              ...("id" in input
                ? { seenActions: input.seenActions }
                : { seenRetry: input.seenRetry === undefined ? undefined : Number(input.seenRetry) }),
            });
            return { retryId: String(retry.retryId), letters: retry.letters };
          },
        }),
      ),

    stopRetry: procedureFor("operator")
      .input(z.strictObject({ retryId: letterId, reason }))
      .mutation(
        audited({
          about: (input) => ({ subject: input.retryId, reason: input.reason }),
          state: (db, { retryId }) => retryStatus(db, Number(retryId)),
          async work(ctx, { retryId }) {
            await stopRetry(ctx.db, Number(retryId));
            return { retryId };
          },
        }),
      ),

    /** Discards the event for this consumer; those behind it follow. */
    discard: procedureFor("operator")
      .input(z.strictObject({ id: letterId, reason, seenActions }))
      .mutation(
        audited({
          redact: redacting(redact, ({ id }) => streamsOf([id])),
          about: (input) => ({ subject: input.id, reason: input.reason }),
          state: (db, input) => deadLetterState(db, Number(input.id)),
          async work(ctx, { id, ...why }) {
            await discardDeadLetter(ctx.db, Number(id), { actor: actorOf(ctx), ...why });
            return { id };
          },
        }),
      ),

    /** Delivers an edited copy of the data to this consumer; the event itself stays as it is. */
    editAndRetry: procedureFor("operator")
      .input(z.strictObject({ id: letterId, data: storableObject, reason, seenActions }))
      .mutation(
        audited({
          redact: redacting(redact, ({ id }) => streamsOf([id])),
          about: (input) => ({ subject: input.id, reason: input.reason }),
          state: (db, input) => deadLetterState(db, Number(input.id)),
          async work(ctx, { id, ...edit }) {
            await editAndRetry(ctx.db, catalogue, Number(id), { actor: actorOf(ctx), ...edit });
            return { id };
          },
        }),
      ),
  });
}
