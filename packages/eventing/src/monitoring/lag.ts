/**
 * Projection lag: now minus the recorded time of the oldest event not yet processed, 0 when caught up.
 * Computed from the database when asked, so that a dead worker cannot report health. Events the relay
 * has not numbered yet count too: to a reader they are just as missing. Those that have a position and only wait for
 * Kafka are in the log already.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";

/** Projections fill tables, consumers have effects. */
export type SubscriptionKind = "projection" | "consumer";

/** How far one subscription is behind. Lag in seconds, positions in events. */
export interface SubscriptionLag {
  readonly name: string;
  readonly status: string;
  readonly position: number;
  readonly headPosition: number;
  readonly lagSeconds: number;
  readonly eventsBehind: number;
  /** Dead letters that are open: events that failed, whether retried by themselves or parked, and what waits behind them. */
  readonly openLetters: number;
  /** Seconds since the worker last looked, whether or not there was anything to do. */
  readonly heartbeatAgeSeconds: number;
  readonly updatedAt: Date;
}

/** One row for each subscription: a consumer is where its slowest partition is. */
const CHECKPOINTS = {
  projection: sql`SELECT projection AS name, position, status, heartbeat_at, updated_at FROM projection_checkpoints`,
  consumer: sql`
    SELECT consumer AS name, min(position) AS position, min(status) AS status, min(heartbeat_at) AS heartbeat_at, max(updated_at) AS updated_at
    FROM consumer_checkpoints GROUP BY consumer`,
} as const;

const lagsOf = (checkpoints: Sql): Sql => sql`
    WITH outbox AS (
      SELECT count(*) AS waiting, min(created_at) AS oldest FROM outbox_events outbox
      WHERE NOT published AND (SELECT true FROM event_log log WHERE log.event_id = outbox.event_id) IS NULL -- row by row, not joined with the whole log
    )
    SELECT checkpoint.name, checkpoint.status, checkpoint.position, head.position AS "headPosition",
           greatest(extract(epoch FROM now() - least(
             (SELECT recorded_at FROM event_log WHERE position > checkpoint.position ORDER BY position LIMIT 1),
             outbox.oldest)), 0)::float8 AS "lagSeconds",
           head.position - checkpoint.position + outbox.waiting AS "eventsBehind",
           extract(epoch FROM now() - checkpoint.heartbeat_at)::float8 AS "heartbeatAgeSeconds",
           checkpoint.updated_at AS "updatedAt",
           (SELECT count(*) FROM dead_letters letter
            WHERE letter.consumer = checkpoint.name AND letter.status IN ('retrying', 'parked', 'waiting'))::int AS "openLetters"
    FROM (${checkpoints}) checkpoint CROSS JOIN event_log_head head CROSS JOIN outbox`;

/** The query of `subscriptionLags`, in any order. */
export const LAGS = {
  projection: lagsOf(CHECKPOINTS.projection),
  consumer: lagsOf(CHECKPOINTS.consumer),
} as const satisfies Record<SubscriptionKind, Sql>;

/** How far each projection and consumer is behind, from the database alone. */
export async function subscriptionLags(db: SqlExecutor, kind: SubscriptionKind): Promise<SubscriptionLag[]> {
  return db.query<SubscriptionLag>(sql`${LAGS[kind]} ORDER BY "lagSeconds" DESC, checkpoint.name`);
}

export interface OutboxStatus {
  readonly unpublished: number;
  /** Of these, how many could not be published and are tried again; what waits behind them is not counted. */
  readonly quarantined: number;
  readonly oldestAgeSeconds: number;
  readonly publishedLastMinute: number;
  readonly headPosition: number;
  readonly lease: { owner: string; epoch: number; expiresAt: Date } | null;
  /** False when no relay holds the lease: then a backlog of 0 only means that nothing was written. */
  readonly relayAlive: boolean;
}

/** How many events wait to be published, and for how long the oldest has. */
export async function outboxStatus(db: SqlExecutor): Promise<OutboxStatus> {
  const rows = await db.query<
    Omit<OutboxStatus, "lease"> & { owner: string | null; epoch: number | null; expiresAt: Date | null }
  >(sql`
    SELECT outbox.waiting::int AS "unpublished", outbox.quarantined::int AS "quarantined",
           coalesce(extract(epoch FROM now() - outbox.oldest), 0)::float8 AS "oldestAgeSeconds",
           (SELECT count(*) FROM event_log WHERE position > head.position - 100000 AND recorded_at > now() - interval '1 minute')::int AS "publishedLastMinute",
           head.position AS "headPosition", lease.owner, lease.epoch, lease.expires_at AS "expiresAt",
           coalesce(lease.expires_at > now(), false) AS "relayAlive"
    FROM (
      SELECT count(*) AS waiting, count(next_attempt_at) AS quarantined, min(created_at) AS oldest
      FROM outbox_events WHERE NOT published) outbox
    CROSS JOIN event_log_head head
    LEFT JOIN relay_leases lease ON true`);
  const row = rows[0];
  if (row === undefined) throw new Error("event_log_head is empty: the database is not migrated");
  const { owner, epoch, expiresAt, ...rest } = row;
  return {
    ...rest,
    lease: owner === null || epoch === null || expiresAt === null ? null : { owner, epoch, expiresAt },
  };
}
