/** What the console's search finds in the history, by its whole name: an event, a stream, a run, a projection, or all that has one correlation. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** One thing that was found, and the console's page of it. */
export interface SearchHit {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  /** What tells it from others: a status, a type. */
  readonly detail: string;
  readonly href: string;
}

interface Found {
  readonly kind: "event" | "stream" | "saga" | "projection" | "correlation";
  readonly id: string;
  readonly detail: string;
}

const PAGES = {
  event: { title: "Event", path: "/events/" },
  stream: { title: "Stream", path: "/streams/" },
  saga: { title: "Saga", path: "/sagas/" },
  projection: { title: "Projection", path: "/projections/" },
  correlation: { title: "Correlation", path: "/flow/" },
} as const satisfies Record<Found["kind"], object>;

/** Each part is answered by an index. A run is found by its subject as well. */
export async function findInHistory(db: SqlExecutor, text: string): Promise<SearchHit[]> {
  const name = text.trim();
  const rows = await db.query<Found>(sql`
    SELECT 'event' AS kind, event_id AS id, type AS detail FROM events WHERE event_id = ${name}
    UNION ALL SELECT 'stream', stream_id, stream_type FROM events WHERE stream_id = ${name} AND version = 1
    UNION ALL SELECT 'saga', saga_id, status FROM sagas WHERE saga_id = ${name} OR subject = ${name}
    UNION ALL SELECT 'projection', projection, status FROM projection_checkpoints WHERE projection = ${name}
    UNION ALL SELECT 'correlation', ${name}, count(*) || ' events' FROM events WHERE metadata ->> 'correlationId' = ${name} HAVING count(*) > 0`);
  return rows.map(({ kind, id, detail }) => {
    const { title, path } = PAGES[kind];
    return { kind, id, title: `${title} ${id}`, detail, href: `${path}${encodeURIComponent(id)}` };
  });
}
