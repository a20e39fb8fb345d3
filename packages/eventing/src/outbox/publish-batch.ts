/** One batch of the relay on the Postgres bus, one statement: claim, number, mark. To have a position is to be published. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { POSTGRES_MESSAGING, traceSent } from "../event/messaging.ts";
import type { TracedEvent } from "../event/messaging.ts";
import { claimExpressions, LOG_COLUMNS } from "./claim-batch.ts";
import type { RelayLease } from "./lease.ts";

export interface PublishedBatch {
  /** False when the lease is no longer ours; then nothing was published. */
  readonly owned: boolean;
  readonly count: number;
  /** Milliseconds from the recording of each event to its publication. */
  readonly delaysMs: readonly number[];
  /** The types among them, each once. */
  readonly types: readonly string[];
}

interface BatchRow {
  readonly owned: boolean;
  readonly count: number;
  readonly delaysMs: number[] | null;
  readonly types: string[] | null;
  readonly publishedAt: Date;
  /** Those that belong to a trace; instants as text. */
  readonly traced: (TracedEvent & { recordedAt: string })[] | null;
}

export async function publishBatch(db: SqlExecutor, lease: RelayLease, batchSize: number): Promise<PublishedBatch> {
  const rows = await db.query<BatchRow>(
    sql`
    WITH ${claimExpressions(lease, batchSize, LOG_COLUMNS)}, marked AS (
      UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp(), next_attempt_at = NULL
      WHERE outbox.id = ANY(ARRAY(SELECT id FROM batch))
      RETURNING outbox.id
    )
    SELECT EXISTS (SELECT FROM lease) AS owned,
           (SELECT count(*) FROM marked)::int AS count,
           (SELECT array_agg((extract(epoch FROM clock_timestamp() - recorded_at) * 1000)::float8) FROM batch) AS "delaysMs",
           (SELECT array_agg(DISTINCT type) FROM batch) AS types, clock_timestamp() AS "publishedAt",
           (SELECT json_agg(json_build_object('eventId', event_id, 'type', type, 'metadata', metadata, 'recordedAt', recorded_at))
            FROM batch WHERE metadata ->> 'traceparent' IS NOT NULL) AS traced`,
    { prepared: true },
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the relay's statement returned no row");
  const traced = row.traced?.map(({ recordedAt, ...event }) => ({ ...event, recordedAt: new Date(recordedAt) }));
  traceSent(POSTGRES_MESSAGING, traced ?? [], row.publishedAt);
  return { owned: row.owned, count: row.count, delaysMs: row.delaysMs ?? [], types: row.types ?? [] };
}
