/**
 * What passed through a transaction while a subscription worked in it: it tells the database's failures from the handler's own.
 * A handler whose mail server refuses the connection fails by itself;
 * a handler whose statement failed because Postgres is away, or another process held a lock, says nothing about the event.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import { isDatabaseAway } from "../postgres/sql-errors.ts";

export interface WatchedExecutor extends SqlExecutor {
  /** Whether a statement failed because Postgres is away. */
  readonly interrupted: () => boolean;
  /** The first statement that failed, even if the handler swallowed it: the transaction is lost with it. */
  readonly failure: () => unknown;
  /** Whether something was written to the outbox: then the relay has work. */
  readonly appended: () => boolean;
}

const OUTBOX = "INSERT INTO outbox_events";

export function watchedExecutor(tx: SqlExecutor): WatchedExecutor {
  let interrupted = false;
  let appended = false;
  let failure: unknown;
  return {
    async query(statement) {
      appended ||= statement.text.includes(OUTBOX);
      try {
        return await tx.query(statement);
      } catch (error) {
        interrupted ||= isDatabaseAway(error);
        failure ??= error;
        throw error;
      }
    },
    interrupted: () => interrupted,
    appended: () => appended,
    failure: () => failure,
  };
}
