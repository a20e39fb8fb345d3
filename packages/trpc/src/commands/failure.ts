/** What a command that failed has to say, and how much is known by it about whether it was carried out. */

export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

export interface Failure {
  /** Stable, such as `OUT_OF_STOCK`; `UNREACHABLE` when there was no answer. */
  readonly reason: string;
  /** The transport's, such as `NOT_FOUND`; null when there was no answer. */
  readonly code: string | null;
  readonly httpStatus: number | undefined;
  readonly message: string;
  readonly fields: readonly FieldProblem[];
  readonly correlationId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
}

interface ErrorData {
  readonly reason?: string;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly fields?: readonly FieldProblem[];
  readonly correlationId?: string;
  readonly retryAfterSeconds?: number;
}

/** @param noAnswer what to say when nothing came back */
export function readFailure(error: unknown, noAnswer = "There was no answer."): Failure {
  // Shaped by the server's error formatter; what is not was never an answer of ours.
  const { data, message } = error as { data?: ErrorData | null; message?: unknown };
  const answered = typeof data?.reason === "string";
  return {
    reason: data?.reason ?? "UNREACHABLE",
    code: data?.code ?? null,
    httpStatus: data?.httpStatus,
    message: answered ? String(message) : noAnswer,
    fields: Array.isArray(data?.fields) ? data.fields : [],
    correlationId: data?.correlationId,
    retryAfterSeconds: data?.retryAfterSeconds,
  };
}

const STILL_RUNNING = "IDEMPOTENCY_KEY_IN_PROGRESS";

/** It is not known whether it was carried out: no answer, a fault of the server's, or it is being carried out right now. */
export function isOutcomeUnknown({ reason, httpStatus }: Failure): boolean {
  return httpStatus === undefined || httpStatus >= 500 || reason === STILL_RUNNING;
}

/** Refused because the page no longer speaks for whom it believes. */
export function isAnotherIdentity({ reason, httpStatus }: Failure): boolean {
  return httpStatus === 401 || reason === "SIGNED_IN_AS_ANOTHER";
}

/**
 * Refused before an earlier answer of the same key was looked for, or for the moment only: it says nothing about an
 * earlier try whose answer got lost.
 */
export function leavesEarlierTryOpen(failure: Failure): boolean {
  const { httpStatus, retryAfterSeconds } = failure;
  return isAnotherIdentity(failure) || httpStatus === 403 || httpStatus === 429 || retryAfterSeconds !== undefined;
}
