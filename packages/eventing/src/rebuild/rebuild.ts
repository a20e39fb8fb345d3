/**
 * Rebuilding a projection from the start of the global order while the live one serves.
 *
 * The shadow has its own position, committed with its rows, so a killed worker goes on where it was. When the shadow is
 * close, its rows are merged into the live tables piece by piece, by their leading key. Each piece is one transaction: it locks
 * the live checkpoint, brings the shadow to exactly that position, and merges some rows. From then on the same events make the same of
 * them in both, and so the live projection goes on between two pieces; the last piece ends the rebuild. No reader sees
 * anything older than the live view, and no event is applied twice: open dead letters are resolved by the first piece that
 * finds them, which merges their rows, too. So a merge that ends early leaves rows that are as before and rows that are
 * rebuilt, and nothing else. What operators resolved stays resolved: a discarded event is left out, and of an edited one the
 * copy counts.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { withResolutions } from "../dead-letters/resolutions.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { refuse } from "../event/refusal.ts";
import { applyBatch } from "../delivery/apply-batch.ts";
import { lockProjection } from "../delivery/checkpoint.ts";
import type { Projection } from "../subscription/projection.ts";
import { readHistory } from "./history.ts";
import type { History, HistoryPage } from "./history.ts";
import { leadingKeysOf, lettersOf, resolveLetters } from "./letters.ts";
import { emptyShadows, mergeShadows, workOnShadows } from "./shadow.ts";

/** So near to the live projection the shadow is merged: what is left for it to read is read while the live one waits. */
const NEAR_EVENTS = 250;
/** Rows that are merged while the live projection waits: some ten milliseconds' work, where they are not wide. */
export const MERGE_ROWS_MAX = 2_000;

export type RebuildStatus = "running" | "swapped" | "failed";

/** A rebuild and how far it has come. */
export interface Rebuild {
  readonly projection: string;
  readonly status: RebuildStatus;
  /** How far the shadow has read. */
  readonly position: number;
  /** Whether its rows are being merged into the live ones. */
  readonly merging: boolean;
  readonly startedAgainst: number;
  readonly actor: string;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = sql`
  projection, status, position, merged_to IS NOT NULL AS merging, started_against AS "startedAgainst", actor, error,
  started_at AS "startedAt", updated_at AS "updatedAt", finished_at AS "finishedAt"`;

/** The last rebuild of each projection, the newest first. */
export function listRebuilds(db: SqlExecutor): Promise<Rebuild[]> {
  return db.query<Rebuild>(sql`SELECT ${COLUMNS} FROM projection_rebuilds ORDER BY started_at DESC`);
}

/** The latest of this projection; undefined when it was never rebuilt. */
export async function readRebuild(db: SqlExecutor, name: string): Promise<Rebuild | undefined> {
  const rows = await db.query<Rebuild>(sql`SELECT ${COLUMNS} FROM projection_rebuilds WHERE projection = ${name}`);
  return rows[0];
}

/** Asks for a rebuild; one that is running goes on. Refuses a name that is not a projection of this deployment. */
export async function requestRebuild(
  db: SqlExecutor,
  projections: readonly Projection[],
  name: string,
  actor: string,
): Promise<"started" | "running"> {
  if (!projections.some((projection) => projection.name === name)) {
    throw refuse("notFound", "PROJECTION_NOT_FOUND", `Projection ${name} does not exist.`);
  }
  const rows = await db.query(sql`
    INSERT INTO projection_rebuilds AS rebuild (projection, status, position, started_against, actor)
    SELECT ${name}, 'running', 0, coalesce((SELECT position FROM projection_checkpoints WHERE projection = ${name}), 0), ${actor}
    ON CONFLICT (projection) DO UPDATE
      SET status = 'running', position = 0, merged_to = NULL, started_against = excluded.started_against, actor = excluded.actor, error = NULL,
          started_at = now(), updated_at = now(), finished_at = NULL
      WHERE rebuild.status <> 'running'
    RETURNING projection`);
  return rows.length > 0 ? "started" : "running";
}

export interface RebuildProgress {
  /** It has ended. */
  readonly swapped: boolean;
  /** A piece was merged, in which the live projection waited. */
  readonly merging?: true;
}

/** How a rebuild reads and merges. */
export interface RebuildOptions {
  /** Rows merged in one transaction. */
  readonly mergeRows?: number;
  /** By default each page is read when it is needed. */
  readonly history?: History;
}

/**
 * Reads the next batch, or merges the next piece; undefined when no rebuild is running here.
 * @param batchSize events read in one transaction
 */
export async function rebuildNext(
  db: Database,
  projection: Projection,
  catalogue: EventCatalogue,
  batchSize: number,
  { mergeRows = MERGE_ROWS_MAX, history }: RebuildOptions = {},
): Promise<RebuildProgress | undefined> {
  return db.transaction(async (tx) => {
    await workOnShadows(tx);
    const shadow = await lockRebuild(tx, projection.name);
    if (shadow === undefined) return undefined;
    const { position, mergedTo, live } = shadow;
    if (position === 0 && mergedTo === null) await emptyShadows(tx, projection.tables);
    if (live - position <= Math.min(batchSize, NEAR_EVENTS))
      return mergeNext(tx, projection, catalogue, shadow, mergeRows);
    const read = history ?? readHistory(tx);
    const page = await read(position, batchSize, [...catalogue.definitions.keys()]);
    await advanceShadow(tx, projection, catalogue, upTo(live, page));
    return { swapped: false };
  });
}

interface Shadow {
  readonly position: number;
  /** The last leading key of the pieces that were merged; null before the first. */
  readonly mergedTo: string | null;
  /** Where the live projection is, or was a moment ago. */
  readonly live: number;
}

async function lockRebuild(tx: SqlExecutor, name: string): Promise<Shadow | undefined> {
  const rows = await tx.query<Shadow>(sql`
    SELECT position, merged_to AS "mergedTo", coalesce((SELECT position FROM projection_checkpoints WHERE projection = ${name}), 0) AS live
    FROM projection_rebuilds WHERE projection = ${name} AND status = 'running' FOR UPDATE SKIP LOCKED`);
  return rows[0];
}

/** The shadow never passes the live projection. */
function upTo(position: number, { to, events }: HistoryPage): HistoryPage {
  return { to: Math.min(to, position), events: events.filter((event) => event.position <= position) };
}

async function advanceShadow(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  { to, events }: HistoryPage,
): Promise<void> {
  // A question of its own, after the rebuild's lock: an operator may have resolved something just before.
  const resolved = await withResolutions(tx, projection.name, catalogue, events);
  await applyBatch(tx, projection, catalogue, resolved);
  await tx.query(sql`
    UPDATE projection_rebuilds SET position = ${to}, updated_at = now() WHERE projection = ${projection.name}`);
}

/** The live projection waits at its checkpoint's lock while the last events are read and the next piece is merged. */
async function mergeNext(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  { position, mergedTo }: Shadow,
  rows: number,
): Promise<RebuildProgress> {
  const { name, tables } = projection;
  const live = (await lockProjection(tx, name)) ?? 0;
  if (live !== position) {
    const page = await readHistory(tx)(position, live - position, [...catalogue.definitions.keys()]);
    await advanceShadow(tx, projection, catalogue, page);
  }
  const letters = await lettersOf(tx, projection.name, { from: position, to: live });
  const others = await leadingKeysOf(tx, projection, catalogue, letters);
  const to = await mergeShadows(tx, tables, { after: mergedTo, rows, others });
  if (letters.length > 0) await resolveLetters(tx, name, live);
  if (to === null) await emptyShadows(tx, tables);
  await tx.query(
    to === null
      ? sql`UPDATE projection_rebuilds SET status = 'swapped', merged_to = NULL, updated_at = now(), finished_at = now() WHERE projection = ${name}`
      : sql`UPDATE projection_rebuilds SET merged_to = ${to}, updated_at = now() WHERE projection = ${name}`,
  );
  return to === null ? { swapped: true } : { swapped: false, merging: true };
}

/** Ends a rebuild that cannot go on. What was merged stays, and the live projection goes on with it. */
export async function failRebuild(db: SqlExecutor, name: string, error: string): Promise<void> {
  await db.query(sql`
    UPDATE projection_rebuilds SET status = 'failed', merged_to = NULL, error = ${error}, updated_at = now(), finished_at = now()
    WHERE projection = ${name} AND status = 'running'`);
}
