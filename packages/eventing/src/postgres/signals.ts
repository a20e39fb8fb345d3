/**
 * Hints between processes. A command commits rows only; after the commit it hints, and hints are coalesced to
 * one `pg_notify` at a time, since a notification takes a cluster-wide lock at commit. Every hint may be lost:
 * listeners also poll.
 */
import { sql } from "@tillstream/runtime";
import type { Logger, SqlExecutor } from "@tillstream/runtime";

/** The outbox has new rows. */
export const OUTBOX_CHANNEL = "tillstream_outbox";
/** A projection changed rows; the payload is a `ChangeNotice` as JSON. */
export const CHANGES_CHANNEL = "tillstream_changes";

/** Postgres takes 8,000 bytes; keys are short. */
const KEYS_PER_NOTICE = 100;

/** Which rows of a projection changed, by their keys. */
export interface ChangeNotice {
  readonly projection: string;
  readonly keys: readonly string[];
}

/** Tells when a projection changed rows. A notice may be lost: subscribers poll as well. */
export interface ChangeFeed {
  subscribe(listener: (notice: ChangeNotice) => void): () => void;
}

/** Returns a function that hints without being waited for; while one hint is under way, any number become one more. */
export function createOutboxHint(db: SqlExecutor, logger: Logger, channel = OUTBOX_CHANNEL): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await db.query(sql`SELECT pg_notify(${channel}, '')::text`);
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

/** Returns a function that tells other processes which rows of a read model changed, without being waited for. */
export function createChangeNotices(db: SqlExecutor, logger: Logger, channel = CHANGES_CHANNEL) {
  return (projection: string, keys: readonly string[]): void =>
    void announceChanges(db, projection, keys, channel).catch((error: Error) =>
      logger.debug({ err: error.message }, "change notice lost; readers poll"),
    );
}

/** Tells other processes which rows of a read model changed. */
export async function announceChanges(
  db: SqlExecutor,
  projection: string,
  keys: readonly string[],
  channel = CHANGES_CHANNEL,
): Promise<void> {
  for (let start = 0; start < keys.length; start += KEYS_PER_NOTICE) {
    const notice: ChangeNotice = { projection, keys: keys.slice(start, start + KEYS_PER_NOTICE) };
    await db.query(sql`SELECT pg_notify(${channel}, ${JSON.stringify(notice)})::text`);
  }
}
