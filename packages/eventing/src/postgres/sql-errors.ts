/** What an error from Postgres means, whether it came through the driver or through Prisma. */

const UNIQUE_VIOLATION = "23505";
const CHECK_VIOLATION = "23514";
const LOCK_NOT_AVAILABLE = "55P03";
/** Bytes that are not text in the database's encoding; escapes that JSON knows and text does not. */
const UNSTORABLE_TEXT = new Set(["22021", "22P05"]);
/** Serialization failures, deadlocks. */
const ROLLBACK_CLASS = "40";
/** Also a statement that was cancelled, by its timeout or by a person, and Prisma's word for a rollback. */
const CONTENDED_CODES = new Set([LOCK_NOT_AVAILABLE, "57014", "P2034"]);
/** Connection exceptions, operator intervention, too few resources. The system's codes are those of a network that is away, names included. */
const AWAY_CLASSES = ["08", "57", "53"];
const AWAY_CODES = new Set([
  "25006", // read-only: a standby
  "25P03", // the session idled in its transaction for too long, and was ended
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
]);
const AWAY_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|connection ended unexpectedly|can't reach database|DatabaseNotReachable|ConnectionClosed|client has encountered a connection error/i;
const NO_FREE_CONNECTION = /timeout exceeded when trying to connect/;
/** Of whatever Postgres does not do, as well. */
const STALE_PLAN = "0A000";
/** A migration has changed a type that a prepared statement returns: the next call prepares it again. */
const STALE_PLAN_MESSAGE = /cached plan must not change result type/;
const CAUSES_MAX = 5;

/** What an error may say, as the driver's or as Prisma's. */
interface Told {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly constraint?: unknown;
  readonly meta?: { readonly code?: unknown; readonly driverAdapterError?: unknown };
  readonly cause?: unknown;
}

/** An error and what caused it, with what Prisma keeps of the driver's error; no more than five, for one may cause itself. */
function toldBy(error: unknown): readonly Told[] {
  const told: Told[] = [];
  let current = error;
  while (told.length < CAUSES_MAX && typeof current === "object" && current !== null) {
    const one: Told = current;
    told.push(one);
    current = one.meta?.driverAdapterError ?? one.cause;
  }
  return told;
}

/** The SQLSTATE or system code of an error or of what caused it. */
export function sqlState(error: unknown): string | undefined {
  for (const { code, meta, originalCode } of toldBy(error)) {
    if (typeof originalCode === "string") return originalCode;
    if (typeof meta?.code === "string") return meta.code;
    if (typeof code === "string" && code !== "P2010") return code;
  }
  return undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === UNIQUE_VIOLATION;
}

const CONSTRAINT = /violates (?:unique|check) constraint "([^"]+)"/;

/** The unique or check constraint that kept the rows out; undefined for any other error. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!isUniqueViolation(error) && sqlState(error) !== CHECK_VIOLATION) return undefined;
  for (const { constraint, message } of toldBy(error)) {
    const name = typeof constraint === "string" ? constraint : CONSTRAINT.exec(String(message))?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Another session held a lock for longer than this one waits. */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === LOCK_NOT_AVAILABLE;
}

/** A text holds what Postgres cannot keep in one, such as the character NUL. */
export function isUnstorableText(error: unknown): boolean {
  return UNSTORABLE_TEXT.has(sqlState(error) ?? "");
}

/** The database was away, busy or undid the transaction: nothing is wrong with what was asked, which is asked again. */
export function isTransient(error: unknown): boolean {
  if (isContended(error)) return true;
  const state = sqlState(error);
  if (state !== undefined && (AWAY_CODES.has(state) || isOfClass(state, AWAY_CLASSES))) return true;
  return toldBy(error).some(({ message }) => typeof message === "string" && AWAY_MESSAGES.test(message));
}

/** SQLSTATEs have five characters, their class the first two; system codes such as `EPIPE` may have five, too. */
function isOfClass(state: string, classes: readonly string[]): boolean {
  return state.length === 5 && classes.includes(state.slice(0, 2));
}

/**
 * One statement waited too long for a lock or for its end, was cancelled, was the victim of a conflict, or had a plan from before a
 * migration. Another may go through meanwhile; it says nothing about what was asked.
 */
export function isContended(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return false;
  if (CONTENDED_CODES.has(state) || isOfClass(state, [ROLLBACK_CLASS])) return true;
  return state === STALE_PLAN && toldBy(error).some(({ message }) => STALE_PLAN_MESSAGE.test(String(message)));
}

/** Every connection of the pool was in use for as long as one is waited for: this process has more to do than Postgres takes. */
export function isCrowdedOut(error: unknown): boolean {
  return toldBy(error).some(({ message }) => typeof message === "string" && NO_FREE_CONNECTION.test(message));
}

/** For a check of health that failed: Postgres answers, and what was asked waited too long for others. Throws any other error. */
export function orBusy(error: unknown): "busy" {
  if (isContended(error)) return "busy";
  throw error;
}

/** Postgres cannot be reached, is shutting down or has no room left: everything asked of it now fails. */
export function isDatabaseAway(error: unknown): boolean {
  return isTransient(error) && !isContended(error);
}
