/**
 * Blocking a stream for one subscription: the event that failed is recorded as a dead letter, and behind it, in order, those
 * that follow. All other streams go on. The oldest open dead letter of a blocked stream is its head; only the head is retried.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { StoredEvent } from "../event/definition.ts";
import type { LoggedEvent } from "../store/read.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { backoffAfter, EVENT_RETRY_DEFAULT, JITTER_SHARE } from "../subscription/retry-policy.ts";
import type { EventRetryPolicy } from "../subscription/retry-policy.ts";
import type { HandlerError } from "../subscription/handler-error.ts";
import type { Wait } from "../postgres/wait.ts";
import { fingerprintOfError, textOfError } from "./fingerprint.ts";

/** A dead letter that is not finished. */
export const OPEN = sql`status IN ('retrying', 'parked', 'waiting')`;

/** Of a row named `letter`: no earlier dead letter of its stream is open. */
export const IS_HEAD = sql`
  NOT EXISTS (SELECT FROM dead_letters earlier WHERE earlier.consumer = letter.consumer AND earlier.stream_id = letter.stream_id
                AND earlier.position < letter.position AND earlier.${OPEN})`;

const CONTENTION_WAIT_MS = 1_000;
const CONTENTION_WAIT_MS_MAX = 10_000;
const BEHIND = "An earlier event of this stream has not been processed yet.";

/** Which of these streams are blocked for this subscription. */
export async function blockedStreams(
  tx: SqlExecutor,
  consumer: string,
  streamIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (streamIds.length === 0) return new Set();
  const rows = await tx.query<{ streamId: string }>(sql`
    SELECT DISTINCT stream_id AS "streamId" FROM dead_letters
    WHERE consumer = ${consumer} AND stream_id = ANY(${streamIds}::text[]) AND ${OPEN}`);
  return new Set(rows.map(({ streamId }) => streamId));
}

/** Queues events of blocked streams behind the one that failed. When that is parked, they wait for an operator, too. */
export async function queueBehind(
  tx: SqlExecutor,
  subscription: Subscription,
  events: readonly LoggedEvent[],
): Promise<void> {
  const parked = await parkedStreams(tx, subscription, events);
  for (const event of events) {
    if (parked.has(event.streamId)) await tellParked(tx, subscription, event);
    await insertDeadLetter(tx, subscription.name, event, {
      status: "waiting",
      error: BEHIND,
      fingerprint: "",
      attempts: 0,
      after: sql`NULL`,
    });
  }
}

/** None for a subscription without `onParked`. */
async function parkedStreams(
  tx: SqlExecutor,
  subscription: Subscription,
  events: readonly LoggedEvent[],
): Promise<ReadonlySet<string>> {
  if (events.length === 0 || subscription.kind === "projection" || subscription.onParked === undefined)
    return new Set();
  const rows = await tx.query<{ streamId: string }>(sql`
    SELECT DISTINCT stream_id AS "streamId" FROM dead_letters
    WHERE consumer = ${subscription.name} AND status = 'parked' AND stream_id = ANY(${events.map(({ streamId }) => streamId)}::text[])`);
  return new Set(rows.map(({ streamId }) => streamId));
}

/** Blocks the stream of an event that failed for the first time: it is retried later, or parked when the policy allows one attempt. */
export async function blockStream(
  tx: SqlExecutor,
  subscription: Subscription,
  event: LoggedEvent,
  { cause: error, contended }: HandlerError,
): Promise<"retrying" | "parked"> {
  const attempts = contended ? 0 : 1;
  const after = contended ? afterContention(sql`clock_timestamp()`) : nextAttempt(retryOf(subscription), attempts);
  const status = after === undefined ? "parked" : "retrying";
  await insertDeadLetter(tx, subscription.name, event, {
    status,
    error: textOfError(error),
    fingerprint: fingerprintOfError(error),
    attempts,
    after: after ?? sql`NULL`,
  });
  if (status === "parked") await tellParked(tx, subscription, event);
  return status;
}

/** Tells a consumer that one of its events now waits for an operator. */
export async function tellParked(tx: SqlExecutor, subscription: Subscription, event: StoredEvent): Promise<void> {
  if (subscription.kind === "consumer") await subscription.onParked?.(tx, event);
}

export function retryOf(subscription: Subscription): EventRetryPolicy {
  return subscription.kind === "consumer" ? subscription.retry : EVENT_RETRY_DEFAULT;
}

/** When to try again after `failed` attempts, spread a little; undefined when an operator must look first. */
export function nextAttempt(retry: EventRetryPolicy, failed: number): Sql | undefined {
  const backoffMs = backoffAfter(retry, failed);
  return backoffMs === undefined
    ? undefined
    : sql`clock_timestamp() + ${backoffMs} * (1 + ${JITTER_SHARE} * random()) * interval '1 ms'`;
}

/**
 * When to retry what has been failing for locks or conflicts since `since`: after as long again, between one and ten
 * seconds. Such a failure does not count as an attempt: the event is not at fault, and is tried until it works or fails itself.
 */
export function afterContention(since: Sql): Sql {
  return sql`
    clock_timestamp() + (1 + ${JITTER_SHARE} * random()) * least(greatest(clock_timestamp() - ${since}, ${CONTENTION_WAIT_MS} * interval '1 ms'), ${CONTENTION_WAIT_MS_MAX} * interval '1 ms')`;
}

/** As long as the policies of these allow. Retries that an operator asked for are spread over any time. */
export function deadLetterWait(subscriptions: readonly Subscription[]): Wait {
  const longestMs = Math.max(
    CONTENTION_WAIT_MS_MAX,
    ...subscriptions.map((subscription) => retryOf(subscription).backoffMsMax),
  );
  return {
    table: sql`dead_letters`,
    column: sql`next_attempt_at`,
    among: sql`status = 'retrying' AND retry_id IS NULL`,
    longestMs: longestMs * (1 + JITTER_SHARE),
    leftMs: 0,
  };
}

interface NewDeadLetter {
  readonly status: "retrying" | "parked" | "waiting";
  readonly error: string;
  readonly fingerprint: string;
  readonly attempts: number;
  readonly after: Sql;
}

async function insertDeadLetter(
  tx: SqlExecutor,
  consumer: string,
  event: LoggedEvent,
  letter: NewDeadLetter,
): Promise<void> {
  const { status, error, fingerprint, attempts, after } = letter;
  await tx.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts, status, next_attempt_at)
    VALUES (${consumer}, ${event.eventId}, ${event.type}, ${event.streamId}, ${event.position}, ${error}, ${fingerprint},
            ${attempts}, ${status}, ${after})
    ON CONFLICT (consumer, event_id) DO NOTHING`);
}
