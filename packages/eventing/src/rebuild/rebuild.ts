/**
 * Rebuilding a projection from the start of the global order while the live one serves.
 *
 * The shadow has its own position, committed with its rows, so a killed worker goes on where it was. When the shadow is
 * close, one transaction locks the live checkpoint, brings the shadow to exactly that position, merges it into the live
 * tables and ends the rebuild: no reader sees anything older than the live view, and no event is applied twice. What people
 * decided about held events stays decided: a discarded one is left out, and of an edited one the copy counts.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { asDecided } from "../dead-letters/decisions.ts";
import { OPEN } from "../dead-letters/hold.ts";
import { endRetriesOf } from "../dead-letters/retries.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import { readLog } from "../store/read.ts";
import { applyBatch } from "../delivery/apply-batch.ts";
import { lockProjection } from "../delivery/checkpoint.ts";
import type { Projection } from "../subscription/projection.ts";
import { emptyShadows, mergeShadows, writeToLive, writeToShadows } from "./shadow.ts";

export type RebuildStatus = "running" | "swapped" | "failed" | "cancelled";

export interface Rebuild {
  readonly projection: string;
  readonly status: RebuildStatus;
  readonly position: number;
  readonly startedAgainst: number;
  readonly actor: string;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = sql`
  projection, status, position, started_against AS "startedAgainst", actor, error,
  started_at AS "startedAt", updated_at AS "updatedAt", finished_at AS "finishedAt"`;

export function listRebuilds(db: SqlExecutor): Promise<Rebuild[]> {
  return db.query<Rebuild>(sql`SELECT ${COLUMNS} FROM projection_rebuilds ORDER BY started_at DESC`);
}

/** The latest of this projection; undefined when it was never rebuilt. */
export async function readRebuild(db: SqlExecutor, name: string): Promise<Rebuild | undefined> {
  const rows = await db.query<Rebuild>(sql`SELECT ${COLUMNS} FROM projection_rebuilds WHERE projection = ${name}`);
  return rows[0];
}

/** Asks for a rebuild; one that is running goes on. Refuses a name that is no projection of this deployment. */
export async function requestRebuild(
  db: SqlExecutor,
  projections: readonly Projection[],
  name: string,
  actor: string,
): Promise<"started" | "running" | Refusal> {
  if (!projections.some((projection) => projection.name === name)) {
    return refuse("notFound", "PROJECTION_NOT_FOUND", `There is no projection ${name}.`);
  }
  const rows = await db.query(sql`
    INSERT INTO projection_rebuilds AS rebuild (projection, status, position, started_against, actor)
    SELECT ${name}, 'running', 0, coalesce((SELECT position FROM projection_checkpoints WHERE projection = ${name}), 0), ${actor}
    ON CONFLICT (projection) DO UPDATE
      SET status = 'running', position = 0, started_against = excluded.started_against, actor = excluded.actor, error = NULL,
          started_at = now(), updated_at = now(), finished_at = NULL
      WHERE rebuild.status <> 'running'
    RETURNING projection`);
  return rows.length > 0 ? "started" : "running";
}

/** What is left of the order for the shadow to read after this call; undefined when no rebuild is running here. */
export async function rebuildNext(
  db: Database,
  projection: Projection,
  catalogue: EventCatalogue,
  batchSize: number,
): Promise<{ readonly swapped: boolean } | undefined> {
  return db.transaction(async (tx) => {
    const shadowAt = await lockRebuild(tx, projection.name);
    if (shadowAt === undefined) return undefined;
    if (shadowAt === 0) await emptyShadows(tx, projection.tables);
    const live = await livePosition(tx, projection.name);
    if (live - shadowAt > batchSize) {
      await advanceShadow(tx, projection, catalogue, { from: shadowAt, limit: batchSize });
      return { swapped: false };
    }
    await swap(tx, projection, catalogue, shadowAt);
    return { swapped: true };
  });
}

async function lockRebuild(tx: SqlExecutor, name: string): Promise<number | undefined> {
  const rows = await tx.query<{ position: number }>(sql`
    SELECT position FROM projection_rebuilds WHERE projection = ${name} AND status = 'running' FOR UPDATE SKIP LOCKED`);
  return rows[0]?.position;
}

async function livePosition(tx: SqlExecutor, name: string): Promise<number> {
  const rows = await tx.query<{ position: number }>(sql`
    SELECT position FROM projection_checkpoints WHERE projection = ${name}`);
  return rows[0]?.position ?? 0;
}

async function advanceShadow(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  { from, limit }: { from: number; limit: number },
): Promise<void> {
  const events = await readLog(tx, from, limit);
  const decided = await asDecided(tx, projection.name, catalogue, events);
  await writeToShadows(tx);
  await applyBatch(tx, projection, catalogue, decided);
  await writeToLive(tx);
  const position = events.at(-1)?.position ?? from;
  await tx.query(sql`
    UPDATE projection_rebuilds SET position = ${position}, updated_at = now() WHERE projection = ${projection.name}`);
}

/** The live projection waits at its checkpoint's lock while the last events are read and the difference is written. */
async function swap(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  shadowAt: number,
): Promise<void> {
  const live = (await lockProjection(tx, projection.name)) ?? 0;
  await advanceShadow(tx, projection, catalogue, { from: shadowAt, limit: live - shadowAt });
  await mergeShadows(tx, projection.tables);
  await emptyShadows(tx, projection.tables);
  await tx.query(sql`
    UPDATE projection_rebuilds SET status = 'swapped', position = ${live}, updated_at = now(), finished_at = now()
    WHERE projection = ${projection.name}`);
  await resolveLetters(tx, projection.name, live);
}

/** Whatever was held up to here has just been applied from history. */
async function resolveLetters(tx: SqlExecutor, name: string, position: number): Promise<void> {
  const resolved = await tx.query<{ id: number }>(sql`
    WITH held AS (
      SELECT id FROM dead_letters WHERE consumer = ${name} AND position <= ${position} AND ${OPEN} ORDER BY position, id FOR UPDATE
    )
    UPDATE dead_letters letter SET status = 'resolved', next_attempt_at = NULL, retry_id = NULL, finished_at = now()
    FROM held WHERE letter.id = held.id RETURNING letter.id`);
  const letterIds = resolved.map(({ id }) => id);
  await endRetriesOf(tx, letterIds, { outcome: "delivered" });
}

/** Ends a rebuild that cannot go on; the live projection is as it was. */
export async function failRebuild(db: SqlExecutor, name: string, error: string): Promise<void> {
  await db.query(sql`
    UPDATE projection_rebuilds SET status = 'failed', error = ${error}, updated_at = now(), finished_at = now()
    WHERE projection = ${name} AND status = 'running'`);
}
