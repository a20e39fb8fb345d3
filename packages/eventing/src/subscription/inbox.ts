/** The inbox (`processed_events`) and the dead letters of one subscription. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { LoggedEvent } from "../store/read.ts";

/** Claims events for a consumer; returns the ids that were not processed before. */
export async function claimInInbox(
  tx: SqlExecutor,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await tx.query<{ event_id: string }>(sql`
    INSERT INTO processed_events (consumer, event_id)
    SELECT ${consumer}, id FROM unnest(${eventIds}::text[]) AS id
    ON CONFLICT DO NOTHING
    RETURNING event_id`);
  return new Set(rows.map((row) => row.event_id));
}

/** Which of these streams have an event parked for this consumer: later ones must wait behind it. */
export async function parkedStreams(
  tx: SqlExecutor,
  consumer: string,
  streamIds: readonly string[],
): Promise<Set<string>> {
  if (streamIds.length === 0) return new Set();
  const rows = await tx.query<{ stream_id: string }>(sql`
    SELECT DISTINCT stream_id FROM dead_letters
    WHERE consumer = ${consumer} AND stream_id = ANY(${streamIds}::text[]) AND status IN ('parked', 'waiting')`);
  return new Set(rows.map((row) => row.stream_id));
}

/** Parks an event that failed (`parked`), or one that follows a parked one of its stream (`waiting`). */
export async function park(
  tx: SqlExecutor,
  consumer: string,
  event: LoggedEvent,
  reason: { status: "parked" | "waiting"; error: string; attempts: number },
): Promise<void> {
  await tx.query(sql`
    INSERT INTO dead_letters (consumer, event_id, stream_id, position, error, attempts, status)
    VALUES (${consumer}, ${event.eventId}, ${event.streamId}, ${event.position}, ${reason.error}, ${reason.attempts}, ${reason.status})
    ON CONFLICT (consumer, event_id) DO NOTHING`);
}
