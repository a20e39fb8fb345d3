/**
 * A retry that a person asks for: one or many parked letters at a pace. Each letter leaves a trace in
 * `dead_letter_actions`, with its outcome as soon as there is one.
 */
import { join, sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { ACTED_MEANWHILE, refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import { OPEN } from "./hold.ts";

/** Who does something about held events, and why. */
export interface Actor {
  readonly actor: string;
  readonly reason: string;
  /** Of one letter: how many actions of people its reader saw. One more since, and nothing is done. */
  readonly seenActions?: number | undefined;
}

/** Which parked letters to retry: those named, or the oldest of a group. */
export type RetrySelection =
  | { readonly ids: readonly number[] }
  | {
      readonly consumer?: string | undefined;
      readonly streamId?: string;
      readonly fingerprint?: string | undefined;
      readonly limit: number;
    };

export interface RetryRequest extends Actor {
  readonly selection: RetrySelection;
  /** Letters tried in a second. */
  readonly perSecond: number;
  readonly stopOnFailure: boolean;
  /** The latest retry that was seen, 0 for none: when there is a later one, nothing is done. */
  readonly seenRetry?: number | undefined;
}

/** What became of a letter under a retry; `notTried` when it was stopped, or somebody decided otherwise, before its turn. */
export type RetryOutcome = "delivered" | "failed" | "notTried";

const STOPS_ON_FAILURE = sql`stop_on_failure`;

/** Lets parked letters be tried once more, spread over time; returns the retry and how many letters it holds. */
export function requestRetry(db: Database, request: RetryRequest): Promise<Retry | Refusal> {
  return db.transaction((tx) => retryWithin(tx, request));
}

export interface Retry {
  readonly retryId: number;
  readonly letters: number;
}

/** The same, as part of what else the caller does. */
export async function retryWithin(tx: SqlExecutor, request: RetryRequest): Promise<Retry | Refusal> {
  const { actor, reason, perSecond, stopOnFailure } = request;
  if (await actedSinceSeen(tx, request)) return ACTED_MEANWHILE;
  const rows = await tx.query<{ id: number }>(sql`
      INSERT INTO dead_letter_retries (actor, reason, per_second, stop_on_failure)
      VALUES (${actor}, ${reason}, ${perSecond}, ${stopOnFailure}) RETURNING id`);
  const retryId = rows[0]?.id ?? 0;
  const taken = await tx.query(sql`
      WITH chosen AS (
        SELECT id, row_number() OVER (ORDER BY position, id) AS turn
        FROM (SELECT id, position FROM dead_letters WHERE status = 'parked' AND ${selected(request.selection)} ORDER BY position, id ${limited(request.selection)} FOR UPDATE) parked
      ), due AS (
        UPDATE dead_letters letter
        SET status = 'retrying', retry_id = ${retryId}, next_attempt_at = now() + (chosen.turn - 1) / ${perSecond}::float8 * interval '1 second'
        FROM chosen WHERE letter.id = chosen.id RETURNING letter.id
      )
      INSERT INTO dead_letter_actions (letter_id, retry_id, action, actor, reason)
      SELECT id, ${retryId}, 'retry', ${actor}, ${reason} FROM due RETURNING letter_id`);
  if (taken.length > 0) return { retryId, letters: taken.length };
  await tx.query(sql`DELETE FROM dead_letter_retries WHERE id = ${retryId}`);
  return refuse("notFound", "NOTHING_PARKED", "No parked event is among these. Those that wait follow by themselves.");
}

const ASKING = "dead letters:asking for a retry";

/** From here to the end of the transaction nobody else who has looked asks for a retry. */
async function actedSinceSeen(tx: SqlExecutor, { selection, seenActions, seenRetry }: RetryRequest): Promise<boolean> {
  if (seenActions === undefined && seenRetry === undefined) return false;
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${ASKING}, 0))::text`);
  const latest = seenRetry === undefined ? undefined : await latestRetry(tx);
  if (latest !== undefined && latest > (seenRetry ?? 0)) return true;
  const [letterId] = "ids" in selection ? selection.ids : [];
  return letterId !== undefined && (await actedOnLetter(tx, letterId, seenActions));
}

async function latestRetry(tx: SqlExecutor): Promise<number> {
  const rows = await tx.query<{ id: number | null }>(sql`SELECT max(id) AS id FROM dead_letter_retries`);
  return rows[0]?.id ?? 0;
}

/** Whether people have done more about the letter than was seen. */
export async function actedOnLetter(tx: SqlExecutor, letterId: number, seen: number | undefined): Promise<boolean> {
  if (seen === undefined) return false;
  const rows = await tx.query<{ actions: number }>(
    sql`SELECT count(*)::int AS actions FROM dead_letter_actions WHERE letter_id = ${letterId}`,
  );
  return rows[0]?.actions !== seen;
}

/** How many of the letters are open, by status. */
export async function selectionState(
  db: SqlExecutor,
  selection: RetrySelection,
): Promise<Readonly<Record<string, number>>> {
  const rows = await db.query<{ status: string; letters: number }>(sql`
    SELECT status, count(*)::int AS letters FROM dead_letters WHERE ${OPEN} AND ${selected(selection)} GROUP BY status`);
  return Object.fromEntries(rows.map(({ status, letters }) => [status, letters]));
}

/** Undefined for an id that is none. */
export async function retryStatus(db: SqlExecutor, retryId: number): Promise<{ status: string } | undefined> {
  const rows = await db.query<{ status: string }>(sql`SELECT status FROM dead_letter_retries WHERE id = ${retryId}`);
  return rows[0];
}

function selected(selection: RetrySelection): Sql {
  if ("ids" in selection) return sql`id = ANY(${selection.ids}::bigint[])`;
  const { consumer, streamId, fingerprint } = selection;
  return join(
    [
      consumer === undefined ? sql`true` : sql`consumer = ${consumer}`,
      streamId === undefined ? sql`true` : sql`stream_id = ${streamId}`,
      fingerprint === undefined ? sql`true` : sql`fingerprint = ${fingerprint}`,
    ],
    " AND ",
  );
}

function limited(selection: RetrySelection): Sql {
  return "ids" in selection ? sql`` : sql`LIMIT ${selection.limit}`;
}

/**
 * Writes down what came of letters for the retries that wanted them, and ends each retry with the last of its letters. The
 * caller has the letters' locks. With `under`, the retry whose attempt this was learns of it even when it was stopped meanwhile.
 */
export async function endRetriesOf(
  tx: SqlExecutor,
  letterIds: readonly number[],
  { outcome, under = null, error }: { outcome: RetryOutcome; under?: number | null; error?: string },
): Promise<void> {
  const ended = await tx.query<{ retryId: number }>(sql`
    UPDATE dead_letter_actions SET outcome = ${outcome}, detail = ${error === undefined ? null : JSON.stringify({ error })}::jsonb
    WHERE letter_id = ANY(${letterIds}::bigint[]) AND action = 'retry' AND (outcome IS NULL OR retry_id = ${under}::bigint)
    RETURNING retry_id AS "retryId"`);
  if (ended.length === 0) return;
  const retryIds = ended.map(({ retryId }) => retryId);
  // The lock is a statement of its own: of two letters that end a retry at once, the later one then sees the other's outcome.
  await tx.query(sql`SELECT FROM dead_letter_retries WHERE id = ANY(${retryIds}::bigint[]) ORDER BY id FOR UPDATE`);
  await tx.query(sql`
    UPDATE dead_letter_retries retry SET status = 'completed', finished_at = now()
    WHERE id = ANY(${retryIds}::bigint[]) AND status = 'running'
      AND NOT EXISTS (SELECT FROM dead_letter_actions action WHERE action.retry_id = retry.id AND action.outcome IS NULL)`);
}

/** After a failure, when the retry is to stop at the first: whatever was not tried yet is parked again. */
export async function stopAfterFailure(tx: SqlExecutor, retryId: number): Promise<void> {
  const stopped = await tx.query(sql`
    UPDATE dead_letter_retries SET status = 'stopped', finished_at = now()
    WHERE id = ${retryId} AND ${STOPS_ON_FAILURE} AND status = 'running' RETURNING id`);
  if (stopped.length > 0) await parkUntried(tx, retryId);
}

/** Ends a retry early; what was not tried yet is parked again. */
export async function stopRetry(db: Database, retryId: number): Promise<Refusal | undefined> {
  return db.transaction(async (tx) => {
    await lockUntried(tx, retryId, sql`true`);
    const stopped = await tx.query(sql`
      UPDATE dead_letter_retries SET status = 'stopped', finished_at = now() WHERE id = ${retryId} AND status = 'running' RETURNING id`);
    if (stopped.length === 0) return refuse("conflict", "RETRY_OVER", "This retry is over.");
    await parkUntried(tx, retryId);
    return undefined;
  });
}

/** The letters of a retry under way without an outcome. */
const untried = (retryId: number, condition: Sql): Sql => sql`
  SELECT action.letter_id FROM dead_letter_actions action JOIN dead_letter_retries retry ON retry.id = action.retry_id
  WHERE retry.id = ${retryId} AND ${condition} AND action.outcome IS NULL`;

/** Locks, when the retry is to stop at the first failure, those of its letters that such a stop parks, and so one's own. */
export async function lockForFailure(tx: SqlExecutor, retryId: number): Promise<void> {
  await lockUntried(tx, retryId, STOPS_ON_FAILURE);
}

/** The letters come before the retry's own row. */
async function lockUntried(tx: SqlExecutor, retryId: number, condition: Sql): Promise<void> {
  await tx.query(sql`
    SELECT FROM dead_letters WHERE id IN (${untried(retryId, condition)}) ORDER BY position, id FOR UPDATE`);
}

async function parkUntried(tx: SqlExecutor, retryId: number): Promise<void> {
  await tx.query(sql`
    WITH parked AS (
      UPDATE dead_letters SET status = 'parked', retry_id = NULL, next_attempt_at = NULL
      WHERE id IN (${untried(retryId, sql`true`)}) AND retry_id = ${retryId} AND status = 'retrying' RETURNING id
    )
    UPDATE dead_letter_actions SET outcome = 'notTried' WHERE retry_id = ${retryId} AND outcome IS NULL AND letter_id IN (SELECT id FROM parked)`);
}
