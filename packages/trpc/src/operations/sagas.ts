/** The runs of sagas: which there are, and one with its steps. */
import {
  compensateRun,
  countHalted,
  forkableFrom,
  forkHalted,
  forkRun,
  groupHaltedRuns,
  listSagaActions,
  refuse,
  resolveRun,
  retryHalted,
  retryStep,
  RUN_STATUSES,
  runState,
} from "@tillstream/eventing";
import type { HaltedSelection, OnResolved, Operator, RunStatus, Saga } from "@tillstream/eventing";
import { keyset, sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { audited } from "../audited.ts";
import { actorOf } from "../context.ts";
import { identifier, nothing, perSecond, reason, storableObject, text, timeOrder } from "../input.ts";
import { FOREIGN_CURSOR, listCursor } from "../list-cursor.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";
import { redacting } from "./redact.ts";
import type { Redact } from "./redact.ts";

const PAGE_MAX = 200;
/** The id of the last run of the page before. Runs of one batch begin at the same instant, so a time would not do. */
const pages = listCursor("sagas.list", identifier());
/** Older than every timeout and retry together. */
const STUCK_MINUTES = 10;

const STUCK = sql`finished_at IS NULL AND created_at < now() - ${STUCK_MINUTES} * interval '1 minute'`;

interface RunRow {
  readonly sagaId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly subject: string;
  readonly correlationId: string;
  readonly failure: { step: string; code: string; message: string } | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const RUN = sql`
  saga_id AS "sagaId", name, status, subject, correlation_id AS "correlationId", failure,
  created_at AS "createdAt", finished_at AS "finishedAt"`;

interface Lineage {
  readonly input: unknown;
  readonly forkedFrom: string | null;
  /** At most one. */
  readonly forks: readonly string[];
}

const LINEAGE = sql`
  input, forked_from AS "forkedFrom",
  ARRAY(SELECT fork.saga_id FROM sagas fork WHERE fork.forked_from = sagas.saga_id) AS forks`;

/** The step of a run that is under way or waits for its next attempt, or at which the run halted. */
interface CurrentStep {
  readonly step: string;
  readonly kind: "action" | "compensation";
  readonly status: string;
  /** Attempts begun. */
  readonly attempt: number;
  /** When the next attempt begins, ISO 8601; null when none is planned or one is under way. */
  readonly nextAttemptAt: string | null;
}

const CURRENT_STEP = sql`(
  SELECT jsonb_build_object('step', step, 'kind', kind, 'status', step.status, 'attempt', attempt, 'nextAttemptAt',
    CASE step.status WHEN 'pending' THEN to_char(run_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END)
  FROM saga_steps step
  WHERE step.saga_id = sagas.saga_id AND ((sagas.status IN ('running', 'compensating') AND step.status IN ('pending', 'running'))
    OR (sagas.status = 'compensation_failed' AND kind = 'compensation' AND step.status = 'failed')
    OR (sagas.status = 'failed' AND kind = 'action' AND step.status IN ('failed', 'unknown', 'refused')))
  ORDER BY ordinal LIMIT 1) AS "currentStep"`;

/** The subject that people call by another name, such as a number; undefined for any other name. */
export type SubjectNamed = (db: SqlExecutor, name: string) => Promise<string | undefined>;

/** What people call those among the subjects that they have a name for, such as a number. */
export type NamesOfSubjects = (db: SqlExecutor, subjects: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const toRun = <Row extends RunRow>(row: Row) => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

interface StepRow {
  readonly step: string;
  readonly kind: "action" | "compensation";
  readonly ordinal: number;
  readonly status: string;
  readonly attempt: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly error: { code: string; message: string } | null;
  /** The run that did it, where a fork took it over. */
  readonly doneBy: string | null;
}

/** Retries and forks of one kind at once, within a bound that an operator can watch. */
const HALTED_RUNS_MAX = 1_000;

const haltedRuns = z.strictObject({
  name: identifier(),
  step: identifier(),
  kind: z.enum(["action", "compensation"]),
  /** Of the failure, as `groups` has it. */
  code: text(300),
  limit: z
    .int("a whole number")
    .min(1, "at least 1")
    .max(HALTED_RUNS_MAX, `at most ${HALTED_RUNS_MAX} at once`)
    .default(HALTED_RUNS_MAX),
  perSecond,
  reason,
});

/** What an operator does about halted runs of one kind. */
const onHalted = <Answer>(operate: (db: Database, selection: HaltedSelection, operator: Operator) => Promise<Answer>) =>
  procedureFor("operator")
    .input(haltedRuns)
    .mutation(
      audited({
        about: ({ name, step, code, reason: why }) => ({ subject: `${name} ${step} ${code}`.trim(), reason: why }),
        state: async (db, { name, step, kind, code }) => ({
          halted: await countHalted(db, { name, step, kind, code }),
        }),
        work: (ctx, { reason: why, ...selection }) => operate(ctx.db, selection, { actor: actorOf(ctx), reason: why }),
      }),
    );

const operated = z.strictObject({
  sagaId: identifier(),
  reason,
  /** How many actions the page showed. If there have been more since, nothing is done. */
  seenActions: z.int().min(0).optional(),
});

const forked = operated.extend({ fromStep: identifier(), input: storableObject.optional() });

type OperatedRun = z.output<typeof operated>;

const aboutRun = <Input extends OperatedRun>(redact: Redact | undefined) => ({
  redact: redacting<Input>(redact, ({ sagaId }) => sql`SELECT subject FROM sagas WHERE saga_id = ${sagaId}`),
  about: ({ sagaId, reason: why }: Input) => ({ subject: sagaId, reason: why }),
  state: (db: SqlExecutor, { sagaId }: Input) => runState(db, sagaId),
});

/** What an operator does about one run. */
const onRun = <Answer>(
  redact: Redact | undefined,
  operate: (db: Database, sagaId: string, operator: Operator) => Promise<Answer>,
) =>
  procedureFor("operator")
    .input(operated)
    .mutation(
      audited({
        ...aboutRun(redact),
        work: (ctx, { sagaId, ...why }) => operate(ctx.db, sagaId, { actor: actorOf(ctx), ...why }),
      }),
    );

export interface OperatedRuns {
  readonly sagas: readonly Saga[];
  readonly onRunResolved?: OnResolved;
  /** How people name what runs are about. */
  readonly subjectNamed?: SubjectNamed;
  readonly namesOfSubjects?: NamesOfSubjects;
  readonly redact?: Redact;
}

export const sagasRouter = ({
  sagas,
  onRunResolved: onResolved,
  subjectNamed,
  namesOfSubjects,
  redact,
}: OperatedRuns) =>
  router({
    list: procedureFor("viewer")
      .input(
        z
          .strictObject({
            status: z.enum(RUN_STATUSES).optional(),
            stuck: z.boolean().optional(),
            /** What the runs are about: an order's id, or the number that its customer knows. */
            subject: text(100).trim().min(1).optional(),
            cursor: pages.input.optional(),
            limit: z.int().min(1).max(PAGE_MAX).default(50),
            order: timeOrder,
          })
          .prefault({}),
      )
      .query(async ({ ctx, input }) => {
        const { cursor, limit, ...list } = input;
        const [after] = pages.placeIn(list, cursor) ?? [];
        const byStatus = input.status === undefined ? sql`true` : sql`status = ${input.status}`;
        const stuck = input.stuck ? STUCK : sql`true`;
        const subject = input.subject && ((await subjectNamed?.(ctx.db, input.subject)) ?? input.subject);
        const bySubject = subject === undefined ? sql`true` : sql`subject = ${subject}`;
        const last = sql`SELECT created_at, saga_id FROM sagas WHERE saga_id = ${after ?? null}`;
        if (after !== undefined && (await ctx.db.query(last)).length === 0) throw FOREIGN_CURSOR;
        const { follows, direction } = keyset(input.order);
        const later = after === undefined ? sql`true` : sql`(created_at, saga_id) ${follows} (${last})`;
        const rows = await ctx.db.query<RunRow & { currentStep: CurrentStep | null }>(sql`
        SELECT ${RUN}, ${CURRENT_STEP} FROM sagas
        WHERE ${byStatus} AND ${stuck} AND ${bySubject} AND ${later} ORDER BY created_at ${direction}, saga_id ${direction} LIMIT ${limit + 1}`);
        const runs = rows.slice(0, limit).map(toRun);
        const names = await namesOfSubjects?.(
          ctx.db,
          runs.map((run) => run.subject),
        );
        const items = runs.map((run) => ({ ...run, subjectName: names?.get(run.subject) ?? null }));
        const ended = rows.length > limit ? items.at(-1) : undefined;
        return { items, nextCursor: pages.after(list, ended && [ended.sagaId]) };
      }),

    /** How many runs are in each status, and how many are stuck. */
    counts: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx }) => {
        const rows = await ctx.db.query<{ status: RunRow["status"]; count: number; stuck: number }>(sql`
      SELECT status, count(*)::int AS count, (count(*) FILTER (WHERE ${STUCK}))::int AS stuck FROM sagas GROUP BY status`);
        const byStatus = Object.fromEntries(RUN_STATUSES.map((status) => [status, 0])) as Record<
          RunRow["status"],
          number
        >; // every status is a key
        for (const { status, count } of rows) byStatus[status] = count;
        return { byStatus, stuck: rows.reduce((sum, { stuck }) => sum + stuck, 0), stuckAfterMinutes: STUCK_MINUTES };
      }),

    byId: procedureFor("viewer")
      .input(z.strictObject({ sagaId: identifier() }))
      .query(async ({ ctx, input }) => {
        const rows = await ctx.db.query<RunRow & Lineage>(sql`
        SELECT ${RUN}, ${LINEAGE} FROM sagas WHERE saga_id = ${input.sagaId}`);
        const row = rows[0];
        if (row === undefined) throw refuse("notFound", "SAGA_NOT_FOUND", `Saga ${input.sagaId} does not exist.`);
        const steps = await ctx.db.query<StepRow>(sql`
        SELECT step, kind, ordinal, status, attempt, started_at AS "startedAt", finished_at AS "finishedAt", error, done_by AS "doneBy"
        FROM saga_steps WHERE saga_id = ${input.sagaId}
        ORDER BY kind, CASE kind WHEN 'action' THEN ordinal ELSE -ordinal END`);
        const actions = await withActorNames(ctx.db, await listSagaActions(ctx.db, input.sagaId), ({ actor }) => actor);
        return {
          ...toRun(row),
          /** The step from which it may be forked, and why not; null for a run that goes on by itself or was forked. */
          forkableFrom: await forkableFrom(ctx.db, sagas, input.sagaId),
          actions: actions.map((action) => ({ ...action, at: action.at.toISOString() })),
          steps: steps.map((step) => ({
            ...step,
            startedAt: step.startedAt?.toISOString() ?? null,
            finishedAt: step.finishedAt?.toISOString() ?? null,
          })),
        };
      }),

    /** Gives the step at which the run halted, or for whose next attempt it waits, all its attempts again, at once. */
    retryStep: onRun(redact, retryStep),

    /** The halted runs by saga, step and failure, the latest first. */
    groups: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx }) =>
        (await groupHaltedRuns(ctx.db)).map((group) => ({
          ...group,
          firstAt: group.firstAt.toISOString(),
          lastAt: group.lastAt.toISOString(),
        })),
      ),

    /** Retries halted runs of a kind at a pace, those that halted first before the others. */
    retryHalted: onHalted(retryHalted),

    /** Forks halted runs of a kind at the step at which they halted, at a pace. Those that a rule refuses are passed over. */
    forkHalted: onHalted((db, selection, operator) => forkHalted(db, sagas, selection, operator)),

    /** Goes on with a run that halted or was undone as a new run, from a step, under keys of its own. */
    fork: procedureFor("operator")
      .input(forked)
      .mutation(
        audited({
          ...aboutRun<z.output<typeof forked>>(redact),
          work: (ctx, { sagaId, fromStep, input, ...why }) =>
            forkRun(ctx.db, sagas, sagaId, { fromStep, input }, { actor: actorOf(ctx), ...why }),
        }),
      ),

    /** Has a run that is under way undone. */
    compensate: onRun(redact, compensateRun),

    /** Declares that a halted run was settled outside. */
    resolve: onRun(redact, (db, sagaId, operator) => resolveRun(db, sagaId, operator, onResolved)),
  });
