/**
 * A retry that an operator asks for: one or many parked dead letters at a pace. Each leaves a trace in
 * `dead_letter_actions`, with its outcome once known.
 */
import { join, sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { ACTED_MEANWHILE, refuse } from "../event/refusal.ts";
import { OPEN } from "./block.ts";

/** The operator who acts on dead letters, and why. */
export interface Actor {
  readonly actor: string;
  readonly reason: string;
  /** Of one dead letter: how many operators' actions its reader saw. If there has been another since, nothing is done. */
  readonly seenActions?: number | undefined;
}

/** Which parked dead letters to retry: those named, or the oldest of a group. */
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
  /** Dead letters retried in a second. */
  readonly perSecond: number;
  readonly stopOnFailure: boolean;
  /** The latest retry that was seen, 0 for none. If there has been a later one, nothing is done. */
  readonly seenRetry?: number | undefined;
}

/** What became of a dead letter under a retry; `notTried` when the retry was stopped, or an operator resolved it, before its turn. */
export type RetryOutcome = "delivered" | "failed" | "notTried";

const STOPS_ON_FAILURE = sql`stop_on_failure`;

/** Retries parked dead letters once, spread over time; returns the retry and how many dead letters it has. */
export function requestRetry(db: Database, request: RetryRequest): Promise<Retry> {
  return db.transaction(async (tx) => {
    const retry = await retryWithin(tx, request);
    if (retry !== undefined) return retry;
    throw refuse(
      "notFound",
      "NOTHING_PARKED",
      "None of these events is parked. Events that wait follow by themselves.",
    );
  });
}

export interface Retry {
  readonly retryId: number;
  readonly letters: number;
}

/** The same, as part of what else the caller does. Undefined when nothing is parked. */
export async function retryWithin(tx: SqlExecutor, request: RetryRequest): Promise<Retry | undefined> {
  const { actor, reason, perSecond, stopOnFailure } = request;
  if (await actedSinceSeen(tx, request)) throw ACTED_MEANWHILE;
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
  return undefined;
}

const ASKING = "dead letters:asking for a retry";

/** From here to the end of the transaction no other operator who has looked can ask for a retry. */
async function actedSinceSeen(tx: SqlExecutor, { selection, seenActions, seenRetry }: RetryRequest): Promise<boolean> {
  if (seenActions === undefined && seenRetry === undefined) return false;
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${ASKING}, 0))::text`);
  const latest = seenRetry === undefined ? undefined : await latestRetry(tx);
  if (latest !== undefined && latest > (seenRetry ?? 0)) return true;
  const [letterId] = "ids" in selection ? selection.ids : [];
  return letterId !== undefined && (await actedOnDeadLetter(tx, letterId, seenActions));
}

async function latestRetry(tx: SqlExecutor): Promise<number> {
  const rows = await tx.query<{ id: number | null }>(sql`SELECT max(id) AS id FROM dead_letter_retries`);
  return rows[0]?.id ?? 0;
}

/** Whether operators have acted on the dead letter since it was seen. */
export async function actedOnDeadLetter(tx: SqlExecutor, letterId: number, seen: number | undefined): Promise<boolean> {
  if (seen === undefined) return false;
  const rows = await tx.query<{ actions: number }>(
    sql`SELECT count(*)::int AS actions FROM dead_letter_actions WHERE letter_id = ${letterId}`,
  );
  return rows[0]?.actions !== seen;
}

/** How many of the dead letters are open, by status. */
export async function selectionState(
  db: SqlExecutor,
  selection: RetrySelection,
): Promise<Readonly<Record<string, number>>> {
  const rows = await db.query<{ status: string; letters: number }>(sql`
    SELECT status, count(*)::int AS letters FROM dead_letters WHERE ${OPEN} AND ${selected(selection)} GROUP BY status`);
  return Object.fromEntries(rows.map(({ status, letters }) => [status, letters]));
}

/** Undefined for an unknown id. */
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
 * Records what came of dead letters for the retries that wanted them, and ends each retry with its last dead letter. The
 * caller has the dead letters' locks. With `under`, the retry whose attempt this was learns of it even when it was stopped meanwhile.
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
  // The lock is a statement of its own: of two dead letters that end a retry at once, the later one then sees the other's outcome.
  await tx.query(sql`SELECT FROM dead_letter_retries WHERE id = ANY(${retryIds}::bigint[]) ORDER BY id FOR UPDATE`);
  await tx.query(sql`
    UPDATE dead_letter_retries retry SET status = 'completed', finished_at = now()
    WHERE id = ANY(${retryIds}::bigint[]) AND status = 'running'
      AND NOT EXISTS (SELECT FROM dead_letter_actions action WHERE action.retry_id = retry.id AND action.outcome IS NULL)`);
}

/** After a failure, when the retry is to stop at the first: what was not tried yet is parked again. */
export async function stopAfterFailure(tx: SqlExecutor, retryId: number): Promise<void> {
  const stopped = await tx.query(sql`
    UPDATE dead_letter_retries SET status = 'stopped', finished_at = now()
    WHERE id = ${retryId} AND ${STOPS_ON_FAILURE} AND status = 'running' RETURNING id`);
  if (stopped.length > 0) await parkUntried(tx, retryId);
}

/** Ends a retry early; what was not tried yet is parked again. */
export async function stopRetry(db: Database, retryId: number): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUntried(tx, retryId, sql`true`);
    const stopped = await tx.query(sql`
      UPDATE dead_letter_retries SET status = 'stopped', finished_at = now() WHERE id = ${retryId} AND status = 'running' RETURNING id`);
    if (stopped.length === 0) throw refuse("conflict", "RETRY_OVER", "This retry has already finished.");
    await parkUntried(tx, retryId);
  });
}

/** The dead letters of a retry under way without an outcome. */
const untried = (retryId: number, condition: Sql): Sql => sql`
  SELECT action.letter_id FROM dead_letter_actions action JOIN dead_letter_retries retry ON retry.id = action.retry_id
  WHERE retry.id = ${retryId} AND ${condition} AND action.outcome IS NULL`;

/** When the retry is to stop at its first failure, locks the dead letters that such a stop parks, the failed one included. */
export async function lockForFailure(tx: SqlExecutor, retryId: number): Promise<void> {
  await lockUntried(tx, retryId, STOPS_ON_FAILURE);
}

/** The dead letters are locked before the retry's own row. */
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
