/** What a failed call says, whatever failed: the server's refusal with its fields, or that it could not be reached. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export interface Failure {
  /** Stable, such as `OUT_OF_STOCK`; `UNREACHABLE` when there was no answer. */
  readonly reason: string;
  readonly message: string;
  readonly fields: readonly FieldProblem[];
  readonly correlationId?: string;
}

interface ErrorData {
  readonly reason?: unknown;
  readonly fields?: unknown;
  readonly correlationId?: unknown;
}

export function failureOf(error: unknown): Failure {
  const { data, message } = error as { data?: ErrorData | null; message?: unknown };
  if (typeof data?.reason !== "string") {
    return {
      reason: "UNREACHABLE",
      message: "The shop could not be reached. Check your connection and try again.",
      fields: [],
    };
  }
  return {
    reason: data.reason,
    message: String(message),
    fields: Array.isArray(data.fields) ? (data.fields as FieldProblem[]) : [], // shaped by the server's error formatter
    ...(typeof data.correlationId === "string" && { correlationId: data.correlationId }),
  };
}
