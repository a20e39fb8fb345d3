/** Restarting the shadow of a rebuild, when what it has read is not what it should have. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** Waits until no batch is under way, and keeps the next from starting; the shadow's position, undefined without a rebuild. */
export async function lockRunningRebuild(tx: SqlExecutor, projection: string): Promise<number | undefined> {
  const rows = await tx.query<{ position: number }>(sql`
    SELECT position FROM projection_rebuilds WHERE projection = ${projection} AND status = 'running' FOR UPDATE`);
  return rows[0]?.position;
}

/** Under the lock: the next batch empties the shadow and reads from the start. */
export async function restartRebuild(tx: SqlExecutor, projection: string): Promise<void> {
  await tx.query(
    sql`UPDATE projection_rebuilds SET position = 0, merged_to = NULL, updated_at = now() WHERE projection = ${projection}`,
  );
}
