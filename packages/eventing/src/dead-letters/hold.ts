/**
 * Holding events of a stream for one subscription: the one that failed, and behind it, in order, those that follow. All
 * other streams go on. Of a stream that is held, the oldest open letter is its head; only the head is ever tried again.
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

/** A letter that is not over. */
export const OPEN = sql`status IN ('retrying', 'parked', 'waiting')`;

/** Of a row named `letter`: no earlier event of its stream is held. */
export const IS_HEAD = sql`
  NOT EXISTS (SELECT FROM dead_letters earlier WHERE earlier.consumer = letter.consumer AND earlier.stream_id = letter.stream_id
                AND earlier.position < letter.position AND earlier.${OPEN})`;

const CONTENTION_WAIT_MS = 1_000;
const CONTENTION_WAIT_MS_MAX = 10_000;
const BEHIND = "An earlier event of this stream has not been processed yet.";

/** Which of these streams are held for this subscription. */
export async function heldStreams(
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

/** Puts events behind those of their streams that are held already. Behind one that is parked they wait for a person, too. */
export async function holdBehind(
  tx: SqlExecutor,
  subscription: Subscription,
  events: readonly LoggedEvent[],
): Promise<void> {
  const parked = await parkedStreams(tx, subscription, events);
  for (const event of events) {
    if (parked.has(event.streamId)) await tellParked(tx, subscription, event);
    await insertLetter(tx, subscription.name, event, {
      status: "waiting",
      error: BEHIND,
      fingerprint: "",
      attempts: 0,
      after: sql`NULL`,
    });
  }
}

/** Of a subscription that nobody is told of, none. */
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

/** Holds an event that failed for the first time: it is tried again after a while, or parked when the policy allows one attempt. */
export async function holdFailed(
  tx: SqlExecutor,
  subscription: Subscription,
  event: LoggedEvent,
  { cause: error, contended }: HandlerError,
): Promise<"retrying" | "parked"> {
  const attempts = contended ? 0 : 1;
  const after = contended ? afterContention(sql`clock_timestamp()`) : nextAttempt(retryOf(subscription), attempts);
  const status = after === undefined ? "parked" : "retrying";
  await insertLetter(tx, subscription.name, event, {
    status,
    error: textOfError(error),
    fingerprint: fingerprintOfError(error),
    attempts,
    after: after ?? sql`NULL`,
  });
  if (status === "parked") await tellParked(tx, subscription, event);
  return status;
}

/** Lets a consumer say that one of its events waits for a person now. */
export async function tellParked(tx: SqlExecutor, subscription: Subscription, event: StoredEvent): Promise<void> {
  if (subscription.kind === "consumer") await subscription.onParked?.(tx, event);
}

export function retryOf(subscription: Subscription): EventRetryPolicy {
  return subscription.kind === "consumer" ? subscription.retry : EVENT_RETRY_DEFAULT;
}

/** When to try again after `failed` attempts, spread a little; undefined when a person must look first. */
export function nextAttempt(retry: EventRetryPolicy, failed: number): Sql | undefined {
  const backoffMs = backoffAfter(retry, failed);
  return backoffMs === undefined
    ? undefined
    : sql`clock_timestamp() + ${backoffMs} * (1 + ${JITTER_SHARE} * random()) * interval '1 ms'`;
}

/**
 * When to try again what failed because somebody else was in its way since `since`: after as long again, for one to ten
 * seconds. Such a failure is no attempt: it says nothing about the event, which is tried until it works or fails by itself.
 */
export function afterContention(since: Sql): Sql {
  return sql`
    clock_timestamp() + (1 + ${JITTER_SHARE} * random()) * least(greatest(clock_timestamp() - ${since}, ${CONTENTION_WAIT_MS} * interval '1 ms'), ${CONTENTION_WAIT_MS_MAX} * interval '1 ms')`;
}

/** As long as the policies of these allow. Letters that a person has tried again are spread over any time. */
export function letterWait(subscriptions: readonly Subscription[]): Wait {
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

interface NewLetter {
  readonly status: "retrying" | "parked" | "waiting";
  readonly error: string;
  readonly fingerprint: string;
  readonly attempts: number;
  readonly after: Sql;
}

async function insertLetter(tx: SqlExecutor, consumer: string, event: LoggedEvent, letter: NewLetter): Promise<void> {
  const { status, error, fingerprint, attempts, after } = letter;
  await tx.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts, status, next_attempt_at)
    VALUES (${consumer}, ${event.eventId}, ${event.type}, ${event.streamId}, ${event.position}, ${error}, ${fingerprint},
            ${attempts}, ${status}, ${after})
    ON CONFLICT (consumer, event_id) DO NOTHING`);
}
