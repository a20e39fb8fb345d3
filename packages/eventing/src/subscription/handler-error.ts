import { isContended } from "../postgres/sql-errors.ts";

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
