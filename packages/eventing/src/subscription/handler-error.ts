import { isContended } from "../postgres/sql-errors.ts";

/** A handler, fold or upcaster threw: the fault is in the event, in what the handler called, or in a lock or conflict. */
export class HandlerError extends Error {
  override readonly name = "HandlerError";
  /** A statement waited too long or was the victim of a conflict: the event is not at fault, and is retried until it works. */
  readonly contended: boolean;

  /** @param failure the first statement that failed in the transaction, if one did */
  constructor(cause: unknown, failure: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.contended = isContended(failure) || isContended(cause);
  }
}
