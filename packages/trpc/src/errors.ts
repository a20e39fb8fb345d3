/**
 * The one place where what went wrong becomes a transport code. Refusals keep their code and fields, a database
 * that is away is 503, and anything else is a plain 500 whose cause goes to the log and not to the caller.
 */
import {
  isContended,
  isCrowdedOut,
  isTransient,
  isUnstorableText,
  MasterKeyError,
  Refusal,
  refuse,
} from "@tillstream/eventing";
import type { FieldProblem, RefusalKind } from "@tillstream/eventing";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

type Code = TRPCError["code"];

const CODE_OF_KIND = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  notFound: "NOT_FOUND",
  conflict: "CONFLICT",
  unprocessable: "UNPROCESSABLE_CONTENT",
  limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<RefusalKind, Code>;

/** Per input: a list of ten thousand wrong fields helps no caller, and the answer would be longer than what was sent. */
const PROBLEMS_MAX = 20;
const NAME_LENGTH_MAX = 100;

export const DATABASE_AWAY = refuse(
  "unavailable",
  "DATABASE_UNAVAILABLE",
  "We cannot reach our database right now. Try again in a moment.",
  { retryAfterSeconds: 2 },
);

/** What was asked waited too long for another, or for a free connection, or gave way. */
const DATABASE_BUSY = refuse("unavailable", "DATABASE_BUSY", "We are busy right now. Try again in a moment.", {
  retryAfterSeconds: 2,
});

const UNSTORABLE_TEXT = refuse(
  "invalid",
  "INVALID_INPUT",
  "The input contains a character that is not allowed in text, such as NUL.",
  {
    fields: [
      { field: "(input)", rule: "text without NUL", message: "contains a character that is not allowed in text" },
    ],
  },
);

export function toTrpcError(refusal: Refusal): TRPCError {
  return new TRPCError({ code: CODE_OF_KIND[refusal.kind], message: refusal.message, cause: refusal });
}

/** The refusal that an error means; undefined for a fault of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError) return invalidInput(error);
  if (isUnstorableText(error)) return UNSTORABLE_TEXT;
  if (isContended(error) || isCrowdedOut(error)) return DATABASE_BUSY;
  if (isTransient(error)) return DATABASE_AWAY;
  if (error instanceof MasterKeyError) return refuse("unavailable", "MASTER_KEY_MISSING", error.message);
  return undefined;
}

export function invalidInput(error: z.ZodError): Refusal {
  const fields = error.issues.flatMap(fieldProblems).slice(0, PROBLEMS_MAX);
  const first = fields[0];
  const message = first === undefined ? "The input is not valid." : `${first.field}: ${first.message}`;
  return refuse("invalid", "INVALID_INPUT", message, { fields });
}

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map((part) => shown(String(part))).join(".");
  const nearest = issue.code === "invalid_union" ? nearestShape(issue.errors) : undefined;
  if (nearest !== undefined) {
    return nearest.flatMap((inner) => fieldProblems({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: path === "" ? shown(key) || '""' : `${path}.${shown(key)}`,
      rule: "unknown field",
      message: "is not a field of this input",
    }));
  }
  return [{ field: path === "" ? "(input)" : path, rule: ruleOf(issue), message: issue.message }];
}

/** The sender's own name for a field may be as long as a body. */
function shown(key: string): string {
  return key.length > NAME_LENGTH_MAX ? `${key.slice(0, NAME_LENGTH_MAX)}...`.toWellFormed() : key;
}

/** Of several shapes that an input may have, what keeps it from the one it is closest to. */
function nearestShape(shapes: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const missed = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  return shapes.toSorted((left, right) => missed(left) - missed(right))[0];
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_small":
      return `${issue.inclusive === false ? ">" : ">="} ${issue.minimum}`;
    case "too_big":
      return `${issue.inclusive === false ? "<" : "<="} ${issue.maximum}`;
    case "invalid_type":
      return issue.expected;
    case "invalid_format":
      return issue.format;
    case "custom":
      return typeof issue.params?.["rule"] === "string" ? issue.params["rule"] : "custom";
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    default:
      return issue.code;
  }
}

export interface ErrorData {
  /** Stable; `INTERNAL` for a fault of ours. */
  readonly reason: string;
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
}

/** What the caller learns beside the code. */
export function errorData(error: TRPCError): ErrorData {
  const refusal = refusalOf(error.cause);
  if (refusal !== undefined) {
    return {
      reason: refusal.code,
      ...(refusal.fields && { fields: refusal.fields }),
      ...(refusal.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    };
  }
  const reasons: Partial<Record<Code, string>> = {
    PARSE_ERROR: "MALFORMED_JSON",
    NOT_FOUND: "NOT_FOUND",
    METHOD_NOT_SUPPORTED: "METHOD_NOT_SUPPORTED",
    UNSUPPORTED_MEDIA_TYPE: "UNSUPPORTED_MEDIA_TYPE",
    PAYLOAD_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  };
  return { reason: reasons[error.code] ?? (error.code === "INTERNAL_SERVER_ERROR" ? "INTERNAL" : error.code) };
}
