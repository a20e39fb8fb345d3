/**
 * Writes the tables that held an erased customer anew: a deleted row stays in its file until the space is used again, and in
 * the log of the database until that is. Each table is locked for as long as it takes.
 */
import { setTimeout as delay } from "node:timers/promises";
import { personalData } from "@tillstream/commerce";
import pg from "pg";

const POLL_MS = 5_000;
/** Whoever uses a table goes first. */
const LOCK_TIMEOUT_MS = 2_000;
/** Beside those of the modules: what wrapped the keys that were destroyed. */
const KEYS = "subject_keys";

const INSUFFICIENT_PRIVILEGE = "42501";

const NOT_REWRITTEN = "rewritten_at IS NULL OR rewritten_at < finished_at";

/** @param url the owner's. Resolves to the erasures that no file holds anything of now. */
export async function rewriteErased(url: string): Promise<number> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "tillstream-rewrite",
    lock_timeout: LOCK_TIMEOUT_MS,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: Date }>(
      `SELECT clock_timestamp() AS at FROM erasures WHERE ${NOT_REWRITTEN} LIMIT 1`,
    );
    const begun = rows[0]?.at;
    if (begun === undefined) return 0;
    const tables = new Set([...personalData.flatMap((one) => one.tables), KEYS]);
    for (const table of tables) await client.query(`VACUUM (FULL) ${client.escapeIdentifier(table)}`);
    const { rowCount } = await client.query(
      `UPDATE erasures SET rewritten_at = $1 WHERE (${NOT_REWRITTEN}) AND requested_at < $1 AND (finished_at IS NULL OR finished_at < $1)`,
      [begun],
    );
    await endLog(client);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** Nothing that comes is in one file of the log with what was; a checkpoint then removes the files before. */
async function endLog(client: pg.Client): Promise<void> {
  try {
    await client.query("SELECT pg_switch_wal()");
    await client.query("CHECKPOINT");
  } catch (error) {
    // Where that is not the owner's to do, the log goes with its time.
    if (!(error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE)) throw error;
  }
}

/** Again and again until `signal` aborts; what is locked meanwhile is taken at the next time. */
export async function rewriteWhenErased(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rewriteErased(url).catch(() => undefined);
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
