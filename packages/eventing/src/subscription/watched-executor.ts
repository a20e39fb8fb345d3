/**
 * What passed through a transaction while a subscription worked in it. Tells the database's failures from the handler's own. A handler whose mail server refuses the connection fails alone;
 * a handler whose statement failed because Postgres is away, or somebody else held a lock, says nothing about the event.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import { isContended, isDatabaseAway } from "../sql-errors.ts";

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
    async query(statement, options) {
      appended ||= statement.text.includes(OUTBOX);
      try {
        return await tx.query(statement, options);
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

/** A handler, fold or upcaster threw: the event is at fault, or what the handler called, or somebody who was in its way. */
export class HandlerError extends Error {
  override readonly name = "HandlerError";
  /** A statement waited too long or was the victim of a conflict: the event is not at fault, and tried until it works. */
  readonly contended: boolean;

  /** @param failure the first statement that failed in the transaction, if one did */
  constructor(cause: unknown, failure: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.contended = isContended(failure) || isContended(cause);
  }
}
