/** One batch of the relay on the Postgres bus, one statement: claim, number, mark. To have a position is to be published. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { isTraced, POSTGRES_MESSAGING, traceSent } from "../event/messaging.ts";
import { toTailEvent } from "../store/read.ts";
import type { TailEvent, TailRow } from "../store/read.ts";
import { CLAIMED, claimExpressions } from "./claim-batch.ts";
import type { RelayLease } from "./lease.ts";

/** What one call of `publish` has published. */
export interface PublishedBatch {
  /** False when we have lost the lease; then nothing was published. */
  readonly owned: boolean;
  readonly count: number;
  /** Milliseconds from the recording of each event to its publication. */
  readonly delaysMs: readonly number[];
  /** The types among them, each once. */
  readonly types: readonly string[];
  /** In the global order, from a bus that has them at hand. */
  readonly events?: readonly TailEvent[];
}

type BatchRow = { readonly owned: boolean; readonly publishedAt: Date } & (TailRow | { readonly event_id: null });

export async function publishBatch(db: SqlExecutor, lease: RelayLease, batchSize: number): Promise<PublishedBatch> {
  const rows = await db.query<BatchRow>(sql`
    WITH ${claimExpressions(lease, batchSize)}, marked AS (
      UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp(), next_attempt_at = NULL
      WHERE outbox.id = ANY(ARRAY(SELECT id FROM batch))
    )
    SELECT owner.owned, clock_timestamp() AS "publishedAt", hashtext(batch.stream_id) AS "streamHash", ${CLAIMED}
    FROM (SELECT EXISTS (SELECT FROM lease) AS owned) owner
    LEFT JOIN batch ON true LEFT JOIN head ON true
    ORDER BY batch.id`);
  const [first] = rows;
  if (first === undefined) throw new Error("the relay's statement returned no row");
  const { owned, publishedAt } = first;
  const events = rows.flatMap((row) => (row.event_id === null ? [] : [toTailEvent(row)]));
  traceSent(POSTGRES_MESSAGING, events.filter(isTraced), publishedAt);
  return {
    owned,
    count: events.length,
    delaysMs: events.map(({ recordedAt }) => publishedAt.getTime() - recordedAt.getTime()),
    types: [...new Set(events.map(({ type }) => type))],
    events,
  };
}
