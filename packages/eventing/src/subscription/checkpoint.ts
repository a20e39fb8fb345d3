/** How far a subscription has read, kept in the transaction of its rows. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import type { SubscriptionKind } from "../monitoring/lag.ts";

export interface Checkpoint {
  readonly position: number;
  readonly status: string;
}

const TABLES = {
  projection: { table: sql`projection_checkpoints`, name: sql`projection` },
  consumer: { table: sql`consumer_checkpoints`, name: sql`consumer` },
} as const;

export async function registerSubscription(db: SqlExecutor, kind: SubscriptionKind, name: string): Promise<void> {
  const { table, name: column } = TABLES[kind];
  await db.query(sql`INSERT INTO ${table} (${column}) VALUES (${name}) ON CONFLICT DO NOTHING`);
}

/** Locks and reads the checkpoint; undefined while another process is at work on it. */
export async function lockCheckpoint(
  tx: SqlExecutor,
  kind: SubscriptionKind,
  name: string,
): Promise<Checkpoint | undefined> {
  const { table, name: column } = TABLES[kind];
  const rows = await tx.query<Checkpoint>(sql`
    SELECT position, status FROM ${table} WHERE ${column} = ${name} FOR UPDATE SKIP LOCKED`);
  return rows[0];
}

export async function advanceCheckpoint(
  tx: SqlExecutor,
  kind: SubscriptionKind,
  name: string,
  position: number,
): Promise<void> {
  const { table, name: column } = TABLES[kind];
  await tx.query(sql`
    UPDATE ${table} SET position = ${position}, updated_at = now(), heartbeat_at = now() WHERE ${column} = ${name}`);
}

export async function beat(db: SqlExecutor, kind: SubscriptionKind, name: string): Promise<void> {
  const { table, name: column } = TABLES[kind];
  await db.query(sql`UPDATE ${table} SET heartbeat_at = now() WHERE ${column} = ${name}`);
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
