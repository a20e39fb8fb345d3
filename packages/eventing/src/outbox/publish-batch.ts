/** One batch of the relay on the Postgres bus, one statement: claim, number, mark. To have a position is to be published. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { isTraced, POSTGRES_MESSAGING, traceSent } from "../event/messaging.ts";
import { toTailEvent } from "../store/read.ts";
import type { TailEvent, TailRow } from "../store/read.ts";
import { CLAIMED, claimExpressions, searchesWhole } from "./claim-batch.ts";
import { moved, NO_HORIZON } from "./horizon.ts";
import type { Horizon } from "./horizon.ts";
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

interface BatchFacts {
  readonly owned: boolean;
  readonly publishedAt: Date;
  readonly tookMs: number;
  readonly wasWhole: boolean;
  readonly hasGap: boolean;
  readonly highestId: number;
}

type BatchRow = BatchFacts & (TailRow | { readonly event_id: null });

/** One batch, searched for in the whole outbox. */
export async function publishBatch(db: SqlExecutor, lease: RelayLease, batchSize: number): Promise<PublishedBatch> {
  return toBatch(await claimAndMark(db, lease, batchSize, NO_HORIZON));
}

/** Publishes batch after batch, each as `publishBatch` does, and remembers the horizon from one to the next. */
export function createBatchPublisher(db: SqlExecutor) {
  let epoch: number | undefined;
  let horizon = NO_HORIZON;
  const publish = async (lease: RelayLease, batchSize: number): Promise<PublishedBatch> => {
    if (lease.epoch !== epoch) horizon = NO_HORIZON;
    epoch = lease.epoch;
    const rows = await claimAndMark(db, lease, batchSize, horizon);
    const [{ publishedAt, tookMs, wasWhole, hasGap, highestId }] = rows;
    horizon = moved(horizon, { at: publishedAt.getTime(), tookMs, wasWhole, highestId });
    if (!hasGap) return toBatch(rows);
    horizon = { ...horizon, wholeAgainAt: 0 };
    return publish(lease, batchSize);
  };
  return publish;
}

async function claimAndMark(
  db: SqlExecutor,
  lease: RelayLease,
  batchSize: number,
  horizon: Horizon,
): Promise<readonly [BatchRow, ...BatchRow[]]> {
  const rows = await db.query<BatchRow>(sql`
    WITH ${claimExpressions(lease, batchSize, horizon)}, marked AS (
      UPDATE outbox_events outbox SET published = true, published_at = clock_timestamp(), next_attempt_at = NULL
      WHERE outbox.id = ANY(ARRAY(SELECT id FROM batch))
    )
    SELECT owner.owned, clock_timestamp() AS "publishedAt",
           extract(epoch FROM clock_timestamp() - statement_timestamp())::float8 * 1000 AS "tookMs",
           ${searchesWhole(horizon)} AS "wasWhole", EXISTS (SELECT FROM gap) AS "hasGap",
           coalesce((SELECT max(id) FROM batch), 0)::float8 AS "highestId", hashtext(batch.stream_id) AS "streamHash", ${CLAIMED}
    FROM (SELECT EXISTS (SELECT FROM lease) AS owned) owner
    LEFT JOIN batch ON true LEFT JOIN head ON true
    ORDER BY batch.id`);
  const [first, ...others] = rows;
  if (first === undefined) throw new Error("the relay's statement returned no row");
  return [first, ...others];
}

function toBatch(rows: readonly [BatchRow, ...BatchRow[]]): PublishedBatch {
  const [{ owned, publishedAt }] = rows;
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
