/**
 * Hints between processes. A command commits rows only; after the commit it hints, and hints are coalesced to
 * one `pg_notify` at a time, since a notification takes a cluster-wide lock at commit. Every hint may be lost:
 * whoever listens also polls.
 */
import { sql } from "@tillstream/runtime";
import type { Logger, SqlExecutor } from "@tillstream/runtime";

/** Somebody wrote to the outbox. */
export const OUTBOX_CHANNEL = "tillstream_outbox";
/** A projection changed rows; the payload is a `ChangeNotice` as JSON. */
export const CHANGES_CHANNEL = "tillstream_changes";

/** Postgres takes 8,000 bytes; keys are short. */
const KEYS_PER_NOTICE = 100;

export interface ChangeNotice {
  readonly projection: string;
  readonly keys: readonly string[];
}

/** Returns a function that hints without being waited for; while one hint is under way, any number become one more. */
export function createOutboxHint(db: SqlExecutor, logger: Logger): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await db.query(sql`SELECT pg_notify(${OUTBOX_CHANNEL}, '')::text`);
    } while (again);
  }
  return () => {
    again = true;
    if (running) return;
    run()
      .catch((error: Error) =>
        logger.debug({ err: error.message }, "outbox hint lost; the relay's poll finds the event"),
      )
      .finally(() => {
        running = false;
      });
  };
}

/** Tells other processes which rows of a read model changed. */
export async function announceChanges(db: SqlExecutor, projection: string, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += KEYS_PER_NOTICE) {
    const notice: ChangeNotice = { projection, keys: keys.slice(start, start + KEYS_PER_NOTICE) };
    await db.query(sql`SELECT pg_notify(${CHANGES_CHANNEL}, ${JSON.stringify(notice)})::text`);
  }
}
