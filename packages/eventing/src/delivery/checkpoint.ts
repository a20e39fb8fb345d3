/**
 * How far a subscription has read, kept in the transaction of its rows. A projection has one checkpoint, a consumer one
 * for each of its partitions. When their number changes, all of them start again at the lowest position that any had: what
 * was processed beyond it is in the inbox. In SQL a partition is still called "lane", as in the workers of older releases,
 * which run beside newer ones during an upgrade.
 */
import { empty, sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { OPEN } from "../dead-letters/block.ts";
import { refuse } from "../event/refusal.ts";
import type { SubscriptionKind } from "../monitoring/lag.ts";
import type { Subscription } from "../subscription/subscription.ts";

/** One reader of the global order: a projection, or one partition of a consumer. */
export interface Partition {
  readonly subscription: Subscription;
  /** Counts from 0. */
  readonly index: number;
  /** How many partitions the subscription has. */
  readonly count: number;
}

const TABLES = {
  projection: { table: sql`projection_checkpoints`, name: sql`projection` },
  consumer: { table: sql`consumer_checkpoints`, name: sql`consumer` },
} as const;

export function partitionsOf(subscription: Subscription): readonly Partition[] {
  const count = subscription.kind === "consumer" ? subscription.partitions : 1;
  return Array.from({ length: count }, (_, index) => ({ subscription, index, count }));
}

/** Which checkpoint row is the partition's, and from which table. */
export function checkpointOf({ subscription, index, count }: Partition): { readonly table: Sql; readonly row: Sql } {
  if (subscription.kind === "projection") {
    return { table: sql`projection_checkpoints`, row: sql`checkpoint.projection = ${subscription.name}` };
  }
  return {
    table: sql`consumer_checkpoints`,
    row: sql`checkpoint.consumer = ${subscription.name} AND checkpoint.lane = ${index} AND checkpoint.lanes = ${count}`,
  };
}

/** Makes the checkpoints of a subscription where they are missing. */
export async function registerSubscription(db: Database, subscription: Subscription): Promise<void> {
  if (subscription.kind === "projection") {
    await db.query(
      sql`INSERT INTO projection_checkpoints (projection) VALUES (${subscription.name}) ON CONFLICT DO NOTHING`,
    );
    return;
  }
  const { name, partitions } = subscription;
  const known = await db.query<{ partitions: number; count: number }>(sql`
    SELECT lanes AS partitions, count(*)::int AS count FROM consumer_checkpoints WHERE consumer = ${name} GROUP BY lanes`);
  if (known.length === 1 && known[0]?.partitions === partitions && known[0].count === partitions) return;
  await db.transaction((tx) => spreadOverPartitions(tx, name, partitions));
}

async function spreadOverPartitions(tx: SqlExecutor, name: string, partitions: number): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`lanes:${name}`}, 0))::text`);
  const before = await tx.query<{ position: number; status: string }>(sql`
    SELECT position, status FROM consumer_checkpoints WHERE consumer = ${name} ORDER BY lane FOR UPDATE`);
  const position = before.length === 0 ? 0 : Math.min(...before.map((row) => row.position));
  const status = before.some((row) => row.status === "paused") ? "paused" : "running";
  await tx.query(sql`DELETE FROM consumer_checkpoints WHERE consumer = ${name}`);
  await tx.query(sql`
    INSERT INTO consumer_checkpoints (consumer, lane, lanes, position, status)
    SELECT ${name}, lane, ${partitions}::int, ${position}::bigint, ${status} FROM generate_series(0, ${partitions}::int - 1) AS lane`);
}

/** Where a partition goes on. */
export interface Checkpoint {
  readonly position: number;
  /** Else it is paused. */
  readonly isRunning: boolean;
  /**
   * Whether any stream is blocked for the subscription. Only the partition itself blocks its streams, so "none" stays true
   * as long as no other process has moved its checkpoint.
   */
  readonly anyBlocked: boolean;
}

/** Undefined where it is not registered, or with another number of partitions. */
export async function loadCheckpoint(db: SqlExecutor, partition: Partition): Promise<Checkpoint | undefined> {
  const { table, row } = checkpointOf(partition);
  const rows = await db.query<Checkpoint>(sql`
    SELECT position, status = 'running' AS "isRunning",
           EXISTS (SELECT FROM dead_letters WHERE dead_letters.consumer = ${partition.subscription.name} AND ${OPEN}) AS "anyBlocked"
    FROM ${table} checkpoint WHERE ${row}`);
  return rows[0];
}

/**
 * A statement that moves the checkpoint from one position to another and holds its lock until the transaction ends. It gives no row
 * when another process has moved it, or it is paused, or another transaction holds it, unless that is waited for.
 */
export function checkpointMove(
  partition: Partition,
  { from, to, waits = false }: { readonly from: number; readonly to: number; readonly waits?: boolean },
): Sql {
  const { table, row } = checkpointOf(partition);
  return sql`
    UPDATE ${table} checkpoint SET position = ${to}, updated_at = now(), heartbeat_at = now()
    WHERE ${row} AND EXISTS (
      SELECT FROM ${table} checkpoint WHERE ${row} AND position = ${from} AND status = 'running' FOR UPDATE ${waits ? empty : sql`SKIP LOCKED`})
    RETURNING 1`;
}

/** A move of a checkpoint that has no effect beside it, or, where `from` is `to`, a heartbeat. */
export interface Move {
  readonly partition: Partition;
  readonly from: number;
  readonly to: number;
}

/** Makes several moves at once, as `checkpointMove` does; a paused one may still beat. Resolves to the indices of those that were made. */
export async function keepCheckpoints(db: SqlExecutor, moves: readonly Move[]): Promise<ReadonlySet<number>> {
  const given = moves.map(({ partition: { subscription, index, count }, from, to }, key) => {
    return { key, kind: subscription.kind, name: subscription.name, index, count, from, to };
  });
  const free = (table: Sql, kind: SubscriptionKind, isOne: Sql) => sql`
    UPDATE ${table} kept SET position = free."to", heartbeat_at = now(),
      updated_at = CASE WHEN free."to" > free."from" THEN now() ELSE kept.updated_at END
    FROM (
      SELECT given.* FROM given JOIN ${table} checkpoint ON ${isOne}
      WHERE given.kind = ${kind} AND checkpoint.position = given."from" AND (checkpoint.status = 'running' OR given."to" = given."from")
      FOR UPDATE OF checkpoint SKIP LOCKED
    ) free`;
  const rows = await db.query<{ key: number }>(sql`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS given(key int, kind text, name text, index int, count int, "from" bigint, "to" bigint)
    ), projections AS (
      ${free(sql`projection_checkpoints`, "projection", sql`checkpoint.projection = given.name`)}
      WHERE kept.projection = free.name RETURNING free.key
    ), consumers AS (
      ${free(sql`consumer_checkpoints`, "consumer", sql`checkpoint.consumer = given.name AND checkpoint.lane = given.index AND checkpoint.lanes = given.count`)}
      WHERE kept.consumer = free.name AND kept.lane = free.index AND kept.lanes = free.count RETURNING free.key
    )
    SELECT key FROM projections UNION ALL SELECT key FROM consumers`);
  return new Set(rows.map(({ key }) => key));
}

/**
 * Waits for the lock on a projection's checkpoint and returns its position; undefined when there is none. The lock's
 * holder is the only one to read and write the projection's tables: the runner leaves a locked checkpoint alone.
 */
export async function lockProjection(tx: SqlExecutor, projection: string): Promise<number | undefined> {
  const rows = await tx.query<{ position: number }>(
    sql`SELECT position FROM projection_checkpoints WHERE projection = ${projection} FOR UPDATE`,
  );
  return rows[0]?.position;
}

/** Whether it is running or paused; undefined for an unknown name. */
export async function subscriptionStatus(
  db: SqlExecutor,
  kind: SubscriptionKind,
  name: string,
): Promise<{ status: string } | undefined> {
  const { table, name: column } = TABLES[kind];
  const rows = await db.query<{ status: string }>(sql`SELECT status FROM ${table} WHERE ${column} = ${name} LIMIT 1`);
  return rows[0];
}

/** Pauses or resumes: the runner reads the status with its checkpoint, so a batch under way is finished first. */
export async function setSubscriptionStatus(
  db: SqlExecutor,
  kind: SubscriptionKind,
  name: string,
  status: "running" | "paused",
): Promise<{ name: string; status: string }> {
  const { table, name: column } = TABLES[kind];
  const rows = await db.query(
    sql`UPDATE ${table} SET status = ${status} WHERE ${column} = ${name} RETURNING 1 AS found`,
  );
  if (rows.length > 0) return { name, status };
  throw refuse(
    "notFound",
    "SUBSCRIPTION_NOT_FOUND",
    `${kind === "projection" ? "Projection" : "Consumer"} ${name} does not exist.`,
  );
}
