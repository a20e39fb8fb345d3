/**
 * Snapshots make loading independent of the length of the history. They are derived: any of them may be deleted at
 * any time. They are written off the hot path, by a consumer of the global order.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { AnyAggregate, Versioned } from "./aggregate.ts";

/** The latest snapshot of the right shape, at or before `upToVersion`. */
export async function readSnapshot<State>(
  db: SqlExecutor,
  streamId: string,
  stateVersion: number,
  upToVersion?: number,
): Promise<Versioned<State> | undefined> {
  const bound = upToVersion === undefined ? sql`true` : sql`version <= ${upToVersion}`;
  const rows = await db.query<Versioned<State>>(sql`
    SELECT version, state FROM snapshots
    WHERE stream_id = ${streamId} AND state_version = ${stateVersion} AND ${bound}
    ORDER BY version DESC LIMIT 1`);
  return rows[0];
}

/** Writes a snapshot; one that is there already, of this shape or a newer one, stays. */
export async function writeSnapshot(
  tx: SqlExecutor,
  aggregate: AnyAggregate,
  streamId: string,
  { state, version }: Versioned<unknown>,
): Promise<void> {
  await tx.query(sql`
    INSERT INTO snapshots (stream_id, version, state_version, state)
    VALUES (${streamId}, ${version}, ${aggregate.stateVersion}, ${JSON.stringify(state)}::jsonb)
    ON CONFLICT (stream_id, version) DO UPDATE SET state_version = excluded.state_version, state = excluded.state, taken_at = now()
      WHERE snapshots.state_version < excluded.state_version`);
}
