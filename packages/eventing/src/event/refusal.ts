/**
 * A command that was understood and is not carried out. A value, not an exception: exceptions are for
 * bugs and for infrastructure. Transport codes follow from `kind`, in one place.
 */
export const REFUSAL_KINDS = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "notFound",
  "conflict",
  "unprocessable",
  "limited",
  "unavailable",
] as const;

export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** One input field and the rule it breaks. */
export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

export interface Refusal {
  readonly kind: RefusalKind;
  /** Stable and upper-case, such as `OUT_OF_STOCK`. */
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
}

export function refuse(
  kind: RefusalKind,
  code: string,
  message: string,
  extra: Pick<Refusal, "fields" | "retryAfterSeconds"> = {},
): Refusal {
  return { kind, code, message, ...extra };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "kind" in value && "code" in value && "message" in value;
}

/** What a person acted on is not what they looked at any more: nothing is done for a second time. */
export const ACTED_MEANWHILE: Refusal = refuse(
  "conflict",
  "ACTED_MEANWHILE",
  "Somebody has done something about it since you looked. Nothing was changed now; look again before you go on.",
);

/** Carries a refusal out of a transaction, which thereby rolls back. */
export class RefusalError extends Error {
  override readonly name = "RefusalError";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
