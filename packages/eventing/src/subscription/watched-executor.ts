/**
 * Tells the database's failures from the handler's own. A handler whose mail server refuses the connection fails alone;
 * a handler whose statement failed because Postgres is away says nothing about the event.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import { isDatabaseAway } from "../sql-errors.ts";

export interface WatchedExecutor extends SqlExecutor {
  /** Whether a statement failed because Postgres is away. */
  readonly interrupted: () => boolean;
}

export function watchedExecutor(tx: SqlExecutor): WatchedExecutor {
  let interrupted = false;
  return {
    async query(statement, options) {
      try {
        return await tx.query(statement, options);
      } catch (error) {
        interrupted ||= isDatabaseAway(error);
        throw error;
      }
    },
    interrupted: () => interrupted,
  };
}

/** A handler, fold or upcaster threw: the event is at fault, or what the handler called, and not Postgres. */
export class HandlerError extends Error {
  override readonly name = "HandlerError";

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
