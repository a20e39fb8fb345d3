/**
 * The next page of the global order for one lane, read without a lock: most of the time there is nothing, or nothing
 * that the lane wants, and then no transaction is opened.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { OPEN } from "../dead-letters/hold.ts";
import { toStoredEvent } from "../store/read.ts";
import type { EventRow, LoggedEvent } from "../store/read.ts";
import { checkpointOf } from "./checkpoint.ts";
import type { Lane } from "./checkpoint.ts";

export interface Page {
  /** Where the checkpoint stood. */
  readonly from: number;
  /** Where it stands once the page is done. */
  readonly to: number;
  /** How many events lie between the two. */
  readonly passed: number;
  /** Those of the lane's types and streams. */
  readonly wanted: readonly LoggedEvent[];
  /**
   * Whether any stream is held for the subscription. Only a lane itself begins to hold its streams, so as long as its
   * checkpoint has not moved, "none" stays true.
   */
  readonly holds: boolean;
}

type PageRow = Partial<EventRow> & { readonly from: number; readonly position: number; readonly holds: boolean };

/** Undefined when there is nothing to read, or the subscription is paused. */
export async function nextPage(
  db: SqlExecutor,
  lane: Lane,
  types: readonly string[],
  limit: number,
): Promise<Page | undefined> {
  const { table, row } = checkpointOf(lane);
  const ours =
    lane.lanes === 1 ? sql`true` : sql`mod(abs(hashtext(page.stream_id)::bigint), ${lane.lanes}) = ${lane.lane}`;
  const rows = await db.query<PageRow>(
    sql`
    SELECT checkpoint.position AS "from", page.position, event.*,
           EXISTS (SELECT FROM dead_letters WHERE dead_letters.consumer = ${lane.subscription.name} AND ${OPEN}) AS holds
    FROM ${table} checkpoint CROSS JOIN LATERAL (
      SELECT position, event_id, stream_id, type FROM event_log WHERE position > checkpoint.position ORDER BY position LIMIT ${limit}
    ) page
    LEFT JOIN LATERAL (
      -- Row by row, and no join that the planner might turn into a read of the whole history.
      SELECT event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at FROM events WHERE events.event_id = page.event_id AND page.type = ANY(${types}::text[]) AND ${ours} OFFSET 0
    ) event ON true
    WHERE ${row} AND checkpoint.status = 'running'
    ORDER BY page.position`,
    { prepared: true },
  );
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const wanted = rows.flatMap((entry) =>
    typeof entry.event_id === "string" ? [{ ...toStoredEvent(entry as EventRow), position: entry.position }] : [],
  );
  return { from: first.from, to: last.position, passed: rows.length, wanted, holds: first.holds };
}
