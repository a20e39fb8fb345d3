/** What a failed query has to say to a person. */
import { TRPCClientError } from "@trpc/client";
import type { AdminRouter } from "@tillstream/commerce";

export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

export interface Failure {
  /** The transport's code, such as NOT_FOUND; null when no answer came at all. */
  readonly code: string | null;
  readonly message: string;
  readonly correlationId: string | undefined;
  /** What is wrong with which part of the input: field, rule and message. */
  readonly fields: readonly FieldProblem[];
}

const NO_ANSWER = "The console's server did not answer. Check that it is running and that you are connected.";

export function failureOf(error: unknown): Failure {
  if (!(error instanceof TRPCClientError))
    return { code: null, message: NO_ANSWER, correlationId: undefined, fields: [] };
  const { data, message } = error as TRPCClientError<AdminRouter>;
  if (data === undefined || data === null)
    return { code: null, message: NO_ANSWER, correlationId: undefined, fields: [] };
  return { code: data.code, message, correlationId: data.correlationId, fields: data.fields ?? [] };
}
