/** Reading dead letters: by kind of failure, one by one, and what became of retries. */
import { join, keyset, sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor, TimeOrder } from "@tillstream/runtime";
import { OPEN } from "./block.ts";
import { fieldsNamingStream } from "./names-stream.ts";
import type { RetryOutcome } from "./retries.ts";

export type DeadLetterStatus = "retrying" | "parked" | "waiting" | "resolved" | "discarded";

/** A dead letter as lists show it. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly streamId: string;
  readonly position: number;
  readonly error: string;
  readonly fingerprint: string;
  readonly attempts: number;
  readonly status: DeadLetterStatus;
  readonly nextAttemptAt: Date | null;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = sql`
  letter.id::text, letter.consumer, letter.event_id AS "eventId", letter.event_type AS "eventType", letter.stream_id AS "streamId",
  letter.position, letter.error, letter.fingerprint, letter.attempts, letter.status, letter.next_attempt_at AS "nextAttemptAt",
  letter.first_failed_at AS "firstFailedAt", letter.last_failed_at AS "lastFailedAt", letter.finished_at AS "finishedAt"`;

export interface DeadLetterFilter {
  readonly consumer?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly streamId?: string | undefined;
  /** Without it: open dead letters. */
  readonly status?: DeadLetterStatus | "all" | undefined;
  /** The id of the last dead letter of the page before. */
  readonly after?: number | undefined;
  /** By their ids; newest first unless it says otherwise. */
  readonly order?: TimeOrder | undefined;
  readonly limit: number;
}

/** Page by page, by keyset. */
export function listDeadLetters(db: SqlExecutor, filter: DeadLetterFilter): Promise<DeadLetter[]> {
  const { consumer, fingerprint, streamId, status, after, order, limit } = filter;
  const { follows, direction } = keyset(order);
  return db.query<DeadLetter>(sql`
    SELECT ${COLUMNS} FROM dead_letters letter
    WHERE ${equals(sql`consumer`, consumer)} AND ${equals(sql`fingerprint`, fingerprint)} AND ${equals(sql`stream_id`, streamId)}
      AND ${status === undefined ? OPEN : status === "all" ? sql`true` : sql`status = ${status}`}
      AND ${after === undefined ? sql`true` : sql`letter.id ${follows} ${after}`}
    ORDER BY letter.id ${direction} LIMIT ${limit}`);
}

function equals(column: Sql, value: string | undefined): Sql {
  return value === undefined ? sql`true` : sql`letter.${column} = ${value}`;
}

/** Failures of one kind of one subscription. */
export interface DeadLetterGroup {
  readonly consumer: string;
  readonly fingerprint: string;
  readonly error: string;
  readonly parked: number;
  readonly retrying: number;
  /** Blocked behind one of these. */
  readonly waiting: number;
  /** How many streams it holds up, by their type. */
  readonly streams: Readonly<Record<string, number>>;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  /** How many failed first in each of the last 12 times 5 minutes, oldest first. */
  readonly trend: readonly number[];
}

const TREND_BUCKETS = 12;
const TREND_MINUTES = 5;
const GROUPS_MAX = 200;

/** How many began in each part of the trend, from the oldest part on. */
const TREND = join(
  Array.from({ length: TREND_BUCKETS }, (_, bucket) => sql`(count(*) FILTER (WHERE bucket = ${bucket}))::int`),
  ", ",
);

/**
 * The open failures by subscription and fingerprint, the latest first, at most 200. Open letters are read once: an event of one type
 * is of one type of stream, which is looked up for each type and not for each letter.
 */
export function groupDeadLetters(db: SqlExecutor): Promise<DeadLetterGroup[]> {
  return db.query<DeadLetterGroup>(sql`
    WITH letter AS MATERIALIZED (
      SELECT consumer, fingerprint, error, status, event_id, event_type, stream_id, first_failed_at, last_failed_at
      FROM dead_letters WHERE status IN ('parked', 'retrying', 'waiting')
    ), typed AS (
      SELECT event_type, coalesce((SELECT stream_type FROM events WHERE events.event_id = min(letter.event_id)), 'stream') AS stream_type
      FROM letter GROUP BY event_type
    ), behind AS (
      SELECT consumer, stream_id, count(*) AS waiting FROM letter WHERE status = 'waiting' GROUP BY consumer, stream_id
    ), failed AS MATERIALIZED (
      SELECT letter.*, stream_type, waiting, ${TREND_BUCKETS} - ceil(extract(epoch FROM now() - first_failed_at) / ${TREND_MINUTES * 60}) AS bucket
      FROM letter JOIN typed USING (event_type) LEFT JOIN behind USING (consumer, stream_id) WHERE status <> 'waiting'
    ), held AS (
      SELECT consumer, fingerprint, jsonb_object_agg(stream_type, streams) AS streams FROM (
        SELECT consumer, fingerprint, stream_type, count(*) AS streams
        FROM (SELECT DISTINCT consumer, fingerprint, stream_type, stream_id FROM failed) stream
        GROUP BY consumer, fingerprint, stream_type) counted
      GROUP BY consumer, fingerprint
    )
    SELECT failure.*, streams FROM (
      SELECT consumer, fingerprint, (array_agg(error ORDER BY last_failed_at DESC))[1] AS error,
             (count(*) FILTER (WHERE status = 'parked'))::int AS parked, (count(*) FILTER (WHERE status = 'retrying'))::int AS retrying,
             coalesce(sum(waiting), 0)::int AS waiting, min(first_failed_at) AS "firstFailedAt", max(last_failed_at) AS "lastFailedAt",
             ARRAY[${TREND}] AS trend
      FROM failed GROUP BY consumer, fingerprint ORDER BY max(last_failed_at) DESC LIMIT ${GROUPS_MAX}) failure
    JOIN held USING (consumer, fingerprint) ORDER BY "lastFailedAt" DESC`);
}

export interface DeadLetterAction {
  readonly action: "retry" | "discard" | "edit";
  readonly actor: string;
  readonly reason: string;
  readonly outcome: RetryOutcome | null;
  readonly detail: unknown;
  readonly at: Date;
}

export interface DeadLetterWithTrace extends DeadLetter {
  readonly editedData: unknown;
  /** Of its data: what names the stream, and so stays in an edited copy. */
  readonly fixedFields: readonly string[];
  /** Later events of the stream that wait behind it. */
  readonly waitingBehind: number;
  readonly actions: readonly DeadLetterAction[];
}

/** Undefined for an unknown id. */
export async function deadLetterById(db: SqlExecutor, id: number): Promise<DeadLetterWithTrace | undefined> {
  const rows = await db.query<Omit<DeadLetterWithTrace, "actions" | "fixedFields">>(sql`
    SELECT ${COLUMNS}, letter.edited_data AS "editedData",
           (SELECT count(*)::int FROM dead_letters waiting WHERE waiting.consumer = letter.consumer AND waiting.stream_id = letter.stream_id
              AND waiting.position > letter.position AND waiting.status = 'waiting') AS "waitingBehind"
    FROM dead_letters letter WHERE letter.id = ${id}`);
  const letter = rows[0];
  if (letter === undefined) return undefined;
  const fixedFields = (await fieldsNamingStream(db, letter)).map(([field]) => field);
  const actions = await db.query<DeadLetterAction>(sql`
    SELECT action, actor, reason, outcome, detail, at FROM dead_letter_actions WHERE letter_id = ${id} ORDER BY id DESC`);
  return { ...letter, fixedFields, actions };
}

export interface RetryProgress {
  readonly id: string;
  readonly actor: string;
  readonly reason: string;
  readonly perSecond: number;
  readonly stopOnFailure: boolean;
  readonly status: "running" | "completed" | "stopped";
  readonly delivered: number;
  readonly failed: number;
  readonly notTried: number;
  readonly pending: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The latest retries with what came of their dead letters. */
export function listRetries(db: SqlExecutor, limit: number): Promise<RetryProgress[]> {
  return db.query<RetryProgress>(sql`
    SELECT retry.id::text, retry.actor, retry.reason, retry.per_second AS "perSecond", retry.stop_on_failure AS "stopOnFailure", retry.status,
           (count(*) FILTER (WHERE action.outcome = 'delivered'))::int AS delivered, (count(*) FILTER (WHERE action.outcome = 'failed'))::int AS failed,
           (count(*) FILTER (WHERE action.outcome = 'notTried'))::int AS "notTried", (count(*) FILTER (WHERE action.outcome IS NULL))::int AS pending,
           retry.created_at AS "createdAt", retry.finished_at AS "finishedAt"
    FROM dead_letter_retries retry JOIN dead_letter_actions action ON action.retry_id = retry.id
    GROUP BY retry.id ORDER BY retry.id DESC LIMIT ${limit}`);
}
