/**
 * How far a subscription has read, kept in the transaction of its rows. A projection has one checkpoint, a consumer one
 * for each of its lanes. When the number of lanes changes, all of them start again at the lowest position that any had:
 * what was processed beyond it is in the inbox.
 */
import { sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import type { SubscriptionKind } from "../monitoring/lag.ts";
import type { Subscription } from "../subscription/subscription.ts";

/** One reader of the global order: a projection, or one lane of a consumer. */
export interface Lane {
  readonly subscription: Subscription;
  /** Counts from 0. */
  readonly lane: number;
  readonly lanes: number;
}

const TABLES = {
  projection: { table: sql`projection_checkpoints`, name: sql`projection` },
  consumer: { table: sql`consumer_checkpoints`, name: sql`consumer` },
} as const;

export function lanesOf(subscription: Subscription): readonly Lane[] {
  const lanes = subscription.kind === "consumer" ? subscription.lanes : 1;
  return Array.from({ length: lanes }, (_, lane) => ({ subscription, lane, lanes }));
}

/** Which checkpoint row is the lane's, and from which table. */
export function checkpointOf({ subscription, lane, lanes }: Lane): { readonly table: Sql; readonly row: Sql } {
  if (subscription.kind === "projection") {
    return { table: sql`projection_checkpoints`, row: sql`checkpoint.projection = ${subscription.name}` };
  }
  return {
    table: sql`consumer_checkpoints`,
    row: sql`checkpoint.consumer = ${subscription.name} AND checkpoint.lane = ${lane} AND checkpoint.lanes = ${lanes}`,
  };
}

export async function registerSubscription(db: Database, subscription: Subscription): Promise<void> {
  if (subscription.kind === "projection") {
    await db.query(
      sql`INSERT INTO projection_checkpoints (projection) VALUES (${subscription.name}) ON CONFLICT DO NOTHING`,
    );
    return;
  }
  const { name, lanes } = subscription;
  const known = await db.query<{ lanes: number; count: number }>(sql`
    SELECT lanes, count(*)::int AS count FROM consumer_checkpoints WHERE consumer = ${name} GROUP BY lanes`);
  if (known.length === 1 && known[0]?.lanes === lanes && known[0].count === lanes) return;
  await db.transaction((tx) => spreadOverLanes(tx, name, lanes));
}

async function spreadOverLanes(tx: SqlExecutor, name: string, lanes: number): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`lanes:${name}`}, 0))::text`);
  const before = await tx.query<{ position: number; status: string }>(sql`
    SELECT position, status FROM consumer_checkpoints WHERE consumer = ${name} ORDER BY lane FOR UPDATE`);
  const position = before.length === 0 ? 0 : Math.min(...before.map((row) => row.position));
  const status = before.some((row) => row.status === "paused") ? "paused" : "running";
  await tx.query(sql`DELETE FROM consumer_checkpoints WHERE consumer = ${name}`);
  await tx.query(sql`
    INSERT INTO consumer_checkpoints (consumer, lane, lanes, position, status)
    SELECT ${name}, lane, ${lanes}::int, ${position}::bigint, ${status} FROM generate_series(0, ${lanes}::int - 1) AS lane`);
}

/** Locks the checkpoint when it still stands at `position` and runs; false when another process is at work or was faster. */
export async function lockCheckpoint(tx: SqlExecutor, lane: Lane, position: number): Promise<boolean> {
  const { table, row } = checkpointOf(lane);
  const rows = await tx.query(sql`
    SELECT FROM ${table} checkpoint WHERE ${row} AND position = ${position} AND status = 'running' FOR UPDATE SKIP LOCKED`);
  return rows.length > 0;
}

/**
 * Waits for the lock on a projection's checkpoint and returns where it stands; undefined when there is none. Who has it is
 * the only one to read and write the projection's tables: its lane leaves a locked checkpoint alone.
 */
export async function lockProjection(tx: SqlExecutor, projection: string): Promise<number | undefined> {
  const rows = await tx.query<{ position: number }>(
    sql`SELECT position FROM projection_checkpoints WHERE projection = ${projection} FOR UPDATE`,
  );
  return rows[0]?.position;
}

/** Moves the checkpoint from one position to another; false when it no longer stands at `from`. */
export async function advanceCheckpoint(tx: SqlExecutor, lane: Lane, from: number, to: number): Promise<boolean> {
  const { table, row } = checkpointOf(lane);
  const rows = await tx.query(sql`
    UPDATE ${table} checkpoint SET position = ${to}, updated_at = now(), heartbeat_at = now()
    WHERE ${row} AND position = ${from} AND status = 'running' RETURNING 1`);
  return rows.length > 0;
}

export async function beat(db: SqlExecutor, lane: Lane): Promise<void> {
  const { table, row } = checkpointOf(lane);
  await db.query(sql`UPDATE ${table} checkpoint SET heartbeat_at = now() WHERE ${row}`);
}

/** Whether it runs or is paused; undefined for a name that is none. */
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
): Promise<{ name: string; status: string } | Refusal> {
  const { table, name: column } = TABLES[kind];
  const rows = await db.query(
    sql`UPDATE ${table} SET status = ${status} WHERE ${column} = ${name} RETURNING 1 AS found`,
  );
  if (rows.length > 0) return { name, status };
  return refuse("notFound", "SUBSCRIPTION_NOT_FOUND", `There is no ${kind} ${name}.`);
}
