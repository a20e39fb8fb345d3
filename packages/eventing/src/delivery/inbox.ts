/** The inbox (`processed_events`): an event is in a consumer's inbox exactly when its effect is in the database. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

/** Claims events for a consumer; returns the ids that were not processed before. */
export async function claimInInbox(
  tx: SqlExecutor,
  consumer: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (eventIds.length === 0) return new Set();
  return (await claimInInboxAfter(tx, sql`SELECT 1`, consumer, eventIds)) ?? new Set();
}

/** The same with a statement that comes first; undefined, and nothing is claimed, where that gives no row. */
export async function claimInInboxAfter(
  tx: SqlExecutor,
  first: Sql,
  consumer: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  const [row] = await tx.query<{ eventIds: string[] }>(sql`
    WITH first AS (${first}), claimed AS (
      INSERT INTO processed_events (consumer, event_id)
      SELECT ${consumer}, id FROM unnest(${eventIds}::text[]) AS id WHERE EXISTS (SELECT FROM first)
      ON CONFLICT DO NOTHING
      RETURNING event_id)
    SELECT ARRAY(SELECT event_id FROM claimed) AS "eventIds" WHERE EXISTS (SELECT FROM first)`);
  return row && new Set(row.eventIds);
}
