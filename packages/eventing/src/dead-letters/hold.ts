/**
 * Holding events of a stream for one subscription: the one that failed, and behind it, in order, those that follow. All
 * other streams go on. Of a stream that is held, the oldest open letter is its head; only the head is ever tried again.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { LoggedEvent } from "../store/read.ts";
import { backoffAfter, JITTER_SHARE } from "../subscription/retry-policy.ts";
import type { EventRetryPolicy } from "../subscription/retry-policy.ts";
import { fingerprintOfError, textOfError } from "./fingerprint.ts";

/** A letter that is not over. */
export const OPEN = sql`status IN ('retrying', 'parked', 'waiting')`;

/** Of a row named `letter`: no earlier event of its stream is held. */
export const IS_HEAD = sql`
  NOT EXISTS (SELECT FROM dead_letters earlier WHERE earlier.consumer = letter.consumer AND earlier.stream_id = letter.stream_id
                AND earlier.position < letter.position AND earlier.${OPEN})`;

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

/** Puts events behind those of their streams that are held already. */
export async function holdBehind(tx: SqlExecutor, consumer: string, events: readonly LoggedEvent[]): Promise<void> {
  for (const event of events) {
    await insertLetter(tx, consumer, event, {
      status: "waiting",
      error: BEHIND,
      fingerprint: "",
      attempts: 0,
      after: sql`NULL`,
    });
  }
}

/** Holds an event that failed for the first time: it is tried again after a while, or parked when the policy allows one attempt. */
export async function holdFailed(
  tx: SqlExecutor,
  consumer: string,
  event: LoggedEvent,
  { error, retry }: { readonly error: unknown; readonly retry: EventRetryPolicy },
): Promise<"retrying" | "parked"> {
  const after = nextAttempt(retry, 1);
  const status = after === undefined ? "parked" : "retrying";
  await insertLetter(tx, consumer, event, {
    status,
    error: textOfError(error),
    fingerprint: fingerprintOfError(error),
    attempts: 1,
    after: after ?? sql`NULL`,
  });
  return status;
}

/** When to try again after `failed` attempts, spread a little; undefined when a person must look first. */
export function nextAttempt(retry: EventRetryPolicy, failed: number): Sql | undefined {
  const backoffMs = backoffAfter(retry, failed);
  return backoffMs === undefined
    ? undefined
    : sql`clock_timestamp() + ${backoffMs} * (1 + ${JITTER_SHARE} * random()) * interval '1 ms'`;
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
