/** The next events of the global order for one partition, from memory where they are there. */
import { literal, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { EVENT_COLUMNS, toStoredEvent } from "../store/read.ts";
import type { EventRow, LoggedEvent, TailEvent } from "../store/read.ts";
import type { Partition } from "./checkpoint.ts";

export interface Page {
  /** The position of the last event. */
  readonly to: number;
  /** How many events there are. */
  readonly passed: number;
  /** Those of the partition's types and streams. */
  readonly wanted: readonly LoggedEvent[];
}

export function pageOf(
  events: readonly TailEvent[],
  partition: Partition,
  types: ReadonlySet<string>,
): Page | undefined {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const { count, index } = partition;
  const isOurs = ({ streamHash }: TailEvent) => Math.abs(streamHash) % count === index;
  return {
    to: last.position,
    passed: events.length,
    wanted: events.filter((event) => types.has(event.type) && isOurs(event)),
  };
}

/** Of an event that the partition does not want there is the position alone. */
type PageRow = (EventRow | { readonly [Column in keyof EventRow]: null }) & { readonly position: number };

/** Undefined when there is nothing after the position. */
export async function readPage(
  db: SqlExecutor,
  { count, index }: Pick<Partition, "count" | "index">,
  types: ReadonlySet<string>,
  range: { readonly after: number; readonly limit: number },
): Promise<Page | undefined> {
  const ours = count === 1 ? sql`true` : sql`mod(abs(hashtext(page.stream_id)::bigint), ${count}) = ${index}`;
  const rows = await db.query<PageRow>(sql`
    SELECT page.position, ${EVENT_COLUMNS}
    FROM (
      SELECT position, event_id, stream_id, type FROM event_log WHERE position > ${range.after} ORDER BY position LIMIT ${literal(range.limit)}
    ) page
    LEFT JOIN LATERAL (
      -- Row by row, and no join that the planner might turn into a read of the whole history.
      SELECT ${EVENT_COLUMNS} FROM events event WHERE event.event_id = page.event_id AND page.type = ANY(${[...types]}::text[]) AND ${ours} OFFSET 0
    ) event ON true
    ORDER BY page.position`);
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const wanted = rows.flatMap((row) =>
    row.event_id === null ? [] : [{ ...toStoredEvent(row), position: row.position }],
  );
  return { to: last.position, passed: rows.length, wanted };
}
