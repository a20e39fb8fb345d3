/**
 * A command that was understood and is not carried out. It is thrown, from the decider outward, and so undoes the
 * transaction that it leaves; nothing else carries it (docs/adr/0017). Transport codes follow from `kind`, in one place.
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

/** What kind of refusal it is; transport codes follow from it. */
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** One input field and the rule it breaks. */
export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** A refusal as JSON: how it is kept and sent. */
export interface RefusalFacts {
  readonly kind: RefusalKind;
  /** Stable and upper-case, such as `OUT_OF_STOCK`. */
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly FieldProblem[] | undefined;
  /** When to try again. Without it the refusal is final: the same command is refused again. */
  readonly retryAfterSeconds?: number | undefined;
}

/** The one carrier of a refusal. */
export class Refusal extends Error implements RefusalFacts {
  override readonly name = "Refusal";
  readonly kind: RefusalKind;
  readonly code: string;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor({ kind, code, message, fields, retryAfterSeconds }: RefusalFacts) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Says the same whenever it is asked: it may be remembered as the command's answer, and a saga may end with it. */
  get isFinal(): boolean {
    return this.retryAfterSeconds === undefined;
  }

  toJSON(): RefusalFacts {
    const { kind, code, message, fields, retryAfterSeconds } = this;
    return { kind, code, message, fields, retryAfterSeconds };
  }
}

/** Makes a refusal, for the caller to throw. */
export function refuse(
  kind: RefusalKind,
  code: string,
  message: string,
  extra: Pick<RefusalFacts, "fields" | "retryAfterSeconds"> = {},
): Refusal {
  return new Refusal({ kind, code, message, ...extra });
}

/** What the person looked at has changed since: nothing is done a second time. */
export const ACTED_MEANWHILE = refuse(
  "conflict",
  "ACTED_MEANWHILE",
  "Someone else has acted on this since you opened it. Nothing was changed; reload and look again.",
);

/** For a command that was tried too often. */
export function limited(waitMs: number): Refusal {
  const retryAfterSeconds = Math.max(Math.ceil(waitMs / 1_000), 1);
  const message = `That was tried too often. Try again in ${waiting(retryAfterSeconds)}.`;
  return refuse("limited", "RATE_LIMITED", message, { retryAfterSeconds });
}

function waiting(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "a second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
