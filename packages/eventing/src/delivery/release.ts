/**
 * Retries dead letters when they are due, and lets what waited behind them follow, in order, each in a transaction of
 * its own. One process at a time works on a blocked stream (an advisory lock for the transaction). Streams of a consumer are
 * released side by side. Those of a projection may share a row, so they go one after the other, each under the lock on the
 * projection's checkpoint (`locks.ts`). An operator's retry is one attempt; others go by the subscription's
 * retry policy.
 */
import { AT_ONCE, monotonicMs, sql, withCorrelation } from "@tillstream/runtime";
import type { Loop, LoopPorts, SqlExecutor } from "@tillstream/runtime";
import { POSTGRES_MESSAGING } from "../event/messaging.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { EVENT_COLUMNS, toStoredEvent } from "../store/read.ts";
import type { EventRow, LoggedEvent } from "../store/read.ts";
import { applyBatch } from "./apply-batch.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Applied } from "./apply-batch.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { lockProjection } from "./checkpoint.ts";
import { claimInInbox } from "./inbox.ts";
import { HandlerError } from "../subscription/handler-error.ts";
import { withEdit } from "../dead-letters/resolutions.ts";
import { fingerprintOfError, textOfError } from "../dead-letters/fingerprint.ts";
import { afterContention, IS_HEAD, nextAttempt, OPEN, retryOf, tellParked } from "../dead-letters/block.ts";
import { streamLock } from "../dead-letters/locks.ts";
import { endRetriesOf, lockForFailure, stopAfterFailure } from "../dead-letters/retries.ts";

const POLL_MS = 200;
/** So often also look for streams whose head is gone: a rare race leaves one, and the search is expensive. */
const ORPHANS_EVERY_MS = 5_000;
/** Blocked streams taken up at once. */
const SEQUENCES_MAX = 8;
/** After each dead letter a projection's checkpoint is free for so long: the runner leaves a locked one alone. */
const RUNNER_TURN_MS = 5;

export interface Releases {
  readonly subscriptions: readonly Subscription[];
  readonly onChanged?: (projection: string, keys: readonly string[]) => void;
  /** Called after a consumer appended events: the relay has work. */
  readonly onAppended?: () => void;
}

type ReleaseOptions = LoopPorts & Releases;

interface BlockedStream {
  readonly consumer: string;
  readonly streamId: string;
}

/** Tries again what is due; several may run at a time. */
export function releases(of: Releases): Loop {
  let orphansAt = 0;
  return {
    name: "dead letters",
    intervalMs: POLL_MS,
    due: sql`EXISTS (SELECT FROM dead_letters WHERE status = 'retrying' AND next_attempt_at <= now())`,
    async turn(ports) {
      const orphansToo = monotonicMs() >= orphansAt;
      if (orphansToo) orphansAt = monotonicMs() + ORPHANS_EVERY_MS;
      const released = await releaseDue({ ...ports, ...of }, orphansToo);
      return released > 0 ? AT_ONCE : POLL_MS;
    },
  };
}

/** Takes up the streams whose head is due; returns how many dead letters were retried. */
export async function releaseDue(options: ReleaseOptions, orphansToo = true): Promise<number> {
  const byName = new Map(options.subscriptions.map((subscription) => [subscription.name, subscription]));
  const due = await dueStreams(options.db, [...byName.keys()], orphansToo);
  const blocked = due.flatMap(({ consumer, streamId }) => {
    const subscription = byName.get(consumer);
    return subscription === undefined ? [] : [{ ...options, subscription, streamId }];
  });
  const sideBySide = Map.groupBy(blocked, ({ subscription, streamId }) =>
    subscription.kind === "projection" ? subscription.name : `${subscription.name}/${streamId}`,
  );
  const tried = await Promise.all([...sideBySide.values()].map(releaseInTurn));
  return tried.reduce((sum, count) => sum + count, 0);
}

async function releaseInTurn(releases: readonly StreamRelease[]): Promise<number> {
  let tried = 0;
  for (const release of releases) tried += await releaseStream(release);
  return tried;
}

/** Streams whose head is due, or gone, of subscriptions that are not paused. */
function dueStreams(db: SqlExecutor, names: readonly string[], orphansToo: boolean): Promise<BlockedStream[]> {
  return db.query<BlockedStream>(sql`
    SELECT consumer, stream_id AS "streamId"
    FROM (
      SELECT consumer, stream_id, next_attempt_at AS due_at FROM dead_letters letter
      WHERE status = 'retrying' AND next_attempt_at <= now() AND ${IS_HEAD}
      UNION ALL
      SELECT DISTINCT ON (consumer, stream_id) consumer, stream_id, first_failed_at FROM dead_letters waiting
      WHERE ${orphansToo} AND status = 'waiting' AND NOT EXISTS (
        SELECT FROM dead_letters head WHERE head.consumer = waiting.consumer AND head.stream_id = waiting.stream_id AND head.status IN ('parked', 'retrying'))
    ) due
    WHERE consumer = ANY(${names}::text[])
      AND NOT EXISTS (SELECT FROM consumer_checkpoints paused WHERE paused.consumer = due.consumer AND paused.status = 'paused')
      AND NOT EXISTS (SELECT FROM projection_checkpoints paused WHERE paused.projection = due.consumer AND paused.status = 'paused')
    ORDER BY due_at LIMIT ${SEQUENCES_MAX}`);
}

type StreamRelease = ReleaseOptions & { readonly subscription: Subscription; readonly streamId: string };

async function releaseStream(release: StreamRelease): Promise<number> {
  const { subscription, scheduler, signal } = release;
  const catalogue = catalogueOf(subscription);
  let tried = 0;
  while (!signal.aborted) {
    const outcome = await releaseHead(release, catalogue);
    if (outcome === "nothing") break;
    tried += 1;
    if (subscription.kind === "projection") await scheduler.sleep(RUNNER_TURN_MS, signal);
    if (outcome === "failed") break;
  }
  return tried;
}

interface DeadLetter extends EventRow {
  readonly letter_id: number;
  readonly position: number;
  readonly attempts: number;
  readonly retry_id: number | null;
  readonly edited_data: unknown;
  readonly edited_version: number | null;
}

async function releaseHead(
  release: StreamRelease,
  catalogue: EventCatalogue,
): Promise<"delivered" | "failed" | "nothing"> {
  const { db, subscription } = release;
  let head: DeadLetter | undefined;
  try {
    const applied = await db.transaction(async (tx) => {
      head = await lockHead(tx, release);
      if (head === undefined) return undefined;
      const taken = await takeEffect(tx, subscription, catalogue, head);
      await tx.query(sql`
        UPDATE dead_letters SET status = 'resolved', next_attempt_at = NULL, retry_id = NULL, finished_at = now() WHERE id = ${head.letter_id}`);
      await endRetriesOf(tx, [head.letter_id], { outcome: "delivered", under: head.retry_id });
      return taken;
    });
    if (applied === undefined) return "nothing";
    if (applied.changedKeys.length > 0) release.onChanged?.(subscription.name, applied.changedKeys);
    if (applied.appended) release.onAppended?.();
    return "delivered";
  } catch (error) {
    if (!(error instanceof HandlerError) || head === undefined) throw error;
    const failed = head;
    await withCorrelation(failed.metadata.correlationId, () =>
      error.contended ? postpone(release, failed, error) : noteFailure(release, failed, error),
    );
    return "failed";
  }
}

/** The stream's head, when it may be retried now and no other process is at it. */
async function lockHead(tx: SqlExecutor, { subscription, streamId }: StreamRelease): Promise<DeadLetter | undefined> {
  const locked = await tx.query<{ locked: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(${streamLock(subscription.name, streamId)}) AS locked`,
  );
  if (locked[0]?.locked !== true) return undefined;
  // Only then is the head looked up: a swap may have been there before.
  if (subscription.kind === "projection") await lockProjection(tx, subscription.name);
  const rows = await tx.query<DeadLetter & { readonly due: boolean }>(sql`
    SELECT ${EVENT_COLUMNS}, letter.id AS letter_id, letter.position, letter.attempts, letter.retry_id, letter.edited_data, letter.edited_version,
           letter.status = 'waiting' OR (letter.status = 'retrying' AND letter.next_attempt_at <= clock_timestamp()) AS due
    FROM dead_letters letter JOIN events event USING (event_id)
    WHERE letter.id = (SELECT id FROM dead_letters WHERE consumer = ${subscription.name} AND dead_letters.stream_id = ${streamId} AND ${OPEN}
                       ORDER BY position LIMIT 1)`);
  return rows[0]?.due === true ? rows[0] : undefined;
}

async function takeEffect(
  tx: SqlExecutor,
  subscription: Subscription,
  catalogue: EventCatalogue,
  letter: DeadLetter,
): Promise<Applied> {
  if (subscription.kind === "consumer" && (await claimInInbox(tx, subscription.name, [letter.event_id])).size === 0)
    return { changedKeys: [], appended: false };
  return applyBatch(tx, subscription, catalogue, [asDelivered(letter, catalogue)], POSTGRES_MESSAGING);
}

/** The event, or, where an operator edited a copy of its data, that copy. */
function asDelivered(letter: DeadLetter, catalogue: EventCatalogue): LoggedEvent {
  const event = { ...toStoredEvent(letter), position: letter.position };
  return withEdit(event, { data: letter.edited_data, schemaVersion: letter.edited_version }, catalogue);
}

/** It met a lock or conflict: the attempt, its own or an operator's retry, is still to be made. */
async function postpone(
  { db, logger, subscription }: StreamRelease,
  letter: DeadLetter,
  { message, cause }: HandlerError,
): Promise<void> {
  await db.query(sql`
    UPDATE dead_letters
    SET status = 'retrying', error = ${textOfError(cause)}, fingerprint = ${fingerprintOfError(cause)},
        next_attempt_at = ${afterContention(sql`first_failed_at`)}, last_failed_at = now()
    WHERE id = ${letter.letter_id} AND attempts = ${letter.attempts} AND retry_id IS NOT DISTINCT FROM ${letter.retry_id}::bigint AND ${OPEN}`);
  const log = { err: message, subscription: subscription.name, eventId: letter.event_id };
  logger.warn(log, "event waits: a lock or conflict is in its way");
}

async function noteFailure(
  { db, logger, subscription }: StreamRelease,
  letter: DeadLetter,
  handlerError: HandlerError,
): Promise<void> {
  const error = handlerError.cause;
  const attempts = letter.attempts + 1;
  const after = letter.retry_id === null ? nextAttempt(retryOf(subscription), attempts) : undefined;
  const status = after === undefined ? "parked" : "retrying";
  await db.transaction(async (tx) => {
    if (letter.retry_id !== null) await lockForFailure(tx, letter.retry_id);
    // Unless an operator has resolved the dead letter since: that has ended the attempt too.
    const noted = await tx.query(sql`
      UPDATE dead_letters
      SET status = ${status}, attempts = ${attempts}, error = ${textOfError(error)}, fingerprint = ${fingerprintOfError(error)},
          next_attempt_at = ${after ?? sql`NULL`}, retry_id = NULL, last_failed_at = now()
      WHERE id = ${letter.letter_id} AND attempts = ${letter.attempts} AND ${OPEN}
        AND edited_data IS NOT DISTINCT FROM ${letter.edited_data === null ? null : JSON.stringify(letter.edited_data)}::jsonb
      RETURNING 1`);
    if (noted.length === 0) return;
    if (status === "parked") await tellParked(tx, subscription, toStoredEvent(letter));
    const failed = { outcome: "failed", under: letter.retry_id, error: textOfError(error) } as const;
    await endRetriesOf(tx, [letter.letter_id], failed);
    if (letter.retry_id !== null) await stopAfterFailure(tx, letter.retry_id);
  });
  const log = { err: handlerError.message, subscription: subscription.name, eventId: letter.event_id, attempts };
  if (status === "parked") logger.error(log, "event parked: it waits for an operator");
  else logger.warn(log, "event failed again");
}
