/**
 * Rewrites the tables that held an erased customer: a deleted row stays in its file until the space is used again, and in
 * the log of the database until that is. Each table is locked for as long as it takes.
 */
import { setTimeout as delay } from "node:timers/promises";
import { personalData } from "@tillstream/commerce";
import pg from "pg";

const POLL_MS = 5_000;
/** Those who use a table go first. */
const LOCK_TIMEOUT_MS = 2_000;
/** Beside those of the modules: what wrapped the keys that were destroyed. */
const KEYS = "subject_keys";

const INSUFFICIENT_PRIVILEGE = "42501";

const NOT_REWRITTEN = "(rewritten_at IS NULL OR rewritten_at < finished_at)";
/** An open transaction, such as a backup's, may still see the old rows, and then VACUUM keeps them. */
const SEEN_BY_NOBODY = `NOT EXISTS (
  SELECT FROM (
    SELECT backend_xmin AS seen FROM pg_stat_activity WHERE datname = current_database()
    UNION ALL SELECT xmin FROM pg_replication_slots UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
  ) old WHERE age(seen) >= age(erasures.xmin))`;

export interface Rewritten {
  /** Erasures that no file holds anything of now. */
  readonly erasures: number;
  /** Those that a transaction, which was open before, can still see: they are for the next time. */
  readonly waiting: number;
  /** Those that look again still, or wait for orders: what goes later needs another turn. */
  readonly unfinished: number;
  /** False where the owner may not: old files of the log hold what was, until they go. */
  readonly logEnded: boolean;
}

/** @param url the owner's */
export async function rewriteErased(url: string): Promise<Rewritten> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "tillstream-rewrite",
    lock_timeout: LOCK_TIMEOUT_MS,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; at: Date; unfinished: boolean; free: boolean }>(
      `SELECT customer_id AS id, clock_timestamp() AS at, finished_at IS NULL AS unfinished, ${SEEN_BY_NOBODY} AS free FROM erasures WHERE ${NOT_REWRITTEN}`,
    );
    const free = rows.filter((row) => row.free).map(({ id }) => id);
    const begun = rows[0]?.at;
    const waiting = rows.length - free.length;
    if (free.length === 0) return { erasures: 0, waiting, unfinished: 0, logEnded: true };
    const tables = new Set([...personalData.flatMap((one) => one.tables), KEYS]);
    for (const table of tables) await client.query(`VACUUM (FULL) ${client.escapeIdentifier(table)}`);
    // One that was finished meanwhile is rewritten once more.
    await client.query(`UPDATE erasures SET rewritten_at = $1 WHERE customer_id = ANY($2)`, [begun, free]);
    const logEnded = await endLog(client);
    return { erasures: free.length, waiting, unfinished: rows.filter((row) => row.unfinished).length, logEnded };
  } finally {
    await client.end();
  }
}

/** Nothing that comes is in one file of the log with what was; a checkpoint then removes the files before. */
async function endLog(client: pg.Client): Promise<boolean> {
  try {
    await client.query("SELECT pg_switch_wal()");
    await client.query("CHECKPOINT");
    return true;
  } catch (error) {
    // Where that is not the owner's to do, the log goes with its time.
    if (!(error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE)) throw error;
    return false;
  }
}

/** Again and again until `signal` aborts; what is locked meanwhile is taken at the next time. */
export async function rewriteWhenErased(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rewriteErased(url).catch(() => undefined);
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
