/** The inbox (`processed_events`): an event is in a consumer's inbox exactly when its effect is in the database. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** Claims events for a consumer; returns the ids that were not processed before. */
export async function claimInInbox(
  tx: SqlExecutor,
  consumer: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await tx.query<{ event_id: string }>(sql`
    INSERT INTO processed_events (consumer, event_id)
    SELECT ${consumer}, id FROM unnest(${eventIds}::text[]) AS id
    ON CONFLICT DO NOTHING
    RETURNING event_id`);
  return new Set(rows.map((row) => row.event_id));
}
