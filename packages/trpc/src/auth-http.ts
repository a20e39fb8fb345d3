/**
 * The HTTP edge of the sessions: the paths that are used, bounded bodies, no answer from a cache, 503 while Postgres is away; and
 * how often a caller may guess.
 *
 * A sign-in that fails counts for the account and for the address. From a browser that was signed in to the account before it
 * counts for that browser alone, so that a guesser elsewhere keeps nobody out of their own account. A sign-up, and a
 * request for a new password, counts for the address alone: how many mails one reader gets is bounded where they are written, and
 * no answer says so.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Refusal } from "@tillstream/eventing";
import { cookieIn, cookieText, systemScheduler } from "@tillstream/runtime";
import type { Scheduler } from "@tillstream/runtime";
import { LINK_OVER, WRONG_PASSWORD } from "./attempt-store.ts";
import type { Auth } from "./auth.ts";
import type { Services } from "./context.ts";
import type { DatabaseGate } from "./database-gate.ts";
import { emailAddress } from "./email-address.ts";
import { DATABASE_AWAY } from "./errors.ts";
import { callerAddress, withinBounds } from "./http.ts";
import { assertWithinLimit, giveBack } from "./rate-limit.ts";
import { leadsElsewhere } from "./leads-elsewhere.ts";
import { logAttempt } from "./sign-in-log.ts";
import type { RateLimit } from "@tillstream/db";

const MOUNT = "/api/auth";
const BODY_BYTES_MAX = 10_000;
/** What is offered of the sessions; whatever else better-auth knows is not. */
export const AUTH_PATHS: readonly string[] = [
  "/sign-in/email",
  "/sign-up/email",
  "/request-password-reset",
  "/reset-password",
  "/sign-out",
  "/get-session",
  "/change-password",
  "/list-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/revoke-other-sessions",
  "/ok",
];
const NOTHING_HERE = { code: "NOT_FOUND", message: "There is nothing here." };
const BROKEN = { code: "INTERNAL", message: "Something went wrong on our side." };
/** Above what it takes to make an account, twice, and to write a mail. */
const ANSWER_MS_MIN = 600;
/** Of Postgres: the login is gone, or its password is another now. */
const FOREIGN_KEY_VIOLATION = "23503";
const KNOWN_SECONDS = 365 * 24 * 60 * 60;
/** Accounts that one browser is known to. */
const KNOWN_MAX = 5;

type Store = Pick<Services, "cache" | "db" | "limits" | "secret" | "ids" | "logger">;

export interface AuthHttpOptions {
  readonly auth: Auth;
  readonly services: Store;
  readonly cookiePrefix: string;
  readonly gate: DatabaseGate;
  readonly scheduler?: Scheduler;
}

export function createAuthHandler(options: AuthHttpOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await answer(request, options);
    response.headers.set("cache-control", "no-store");
    return response;
  };
}

async function answer(request: Request, options: AuthHttpOptions): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const path = pathname.slice(MOUNT.length);
  if (!AUTH_PATHS.includes(path)) return refused(404, NOTHING_HERE);
  const bounded = await withinBounds(request, BODY_BYTES_MAX);
  const attempt = { path, address: callerAddress(request.headers) };
  if ("refused" in bounded) {
    const { httpStatus, reason, message } = bounded.refused;
    logAttempt({ ...attempt, account: undefined, status: httpStatus }, options.services);
    return refused(httpStatus, { code: reason, message });
  }
  const body = await bodyOf(bounded.request);
  const account = bounded.request.body === null ? undefined : accountIn(body);
  const astray = leadsElsewhere(searchParams, body);
  if (astray !== undefined) {
    logAttempt({ ...attempt, account, status: 400 }, options.services);
    return refused(400, notHere(astray));
  }
  const response = await paced(path, bounded.request, options).catch((error: unknown) => {
    if (error instanceof Refusal) return answerRefusal(429, error);
    if (isOver(error)) return path === "/reset-password" ? refused(400, LINK_OVER) : refused(401, WRONG_PASSWORD);
    options.services.logger.error({ err: error, path }, "sessions failed");
    return refused(500, BROKEN);
  });
  logAttempt({ ...attempt, account, status: response.status }, options.services);
  // As better-auth has it, in plain text: the path is not offered by this app.
  if (response.status === 404) return refused(404, NOTHING_HERE);
  return response.status >= 500 && !(await options.gate.isUp()) ? answerRefusal(503, DATABASE_AWAY) : response;
}

/** As for any input of a procedure. */
function notHere(field: string): object {
  const message = "is not a path of this site";
  return { code: "INVALID_INPUT", message: `${field} ${message}`, fields: [{ field, rule: "local path", message }] };
}

/** What the attempt rests on was erased, or changed, while it was under way. */
const isOver = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === FOREIGN_KEY_VIOLATION;

async function paced(path: string, request: Request, options: AuthHttpOptions): Promise<Response> {
  if (path === "/sign-in/email") return signIn(request, options);
  const { auth, services } = options;
  await takeAll(services, countsAsAsked(path, request, services));
  return path === "/sign-up/email" || path === "/request-password-reset"
    ? alike(path, request, options)
    : auth.handler(request);
}

/** Where mails tell a new account from one that is there, and nothing else does, how long it takes must not either. */
async function alike(path: string, request: Request, options: AuthHttpOptions): Promise<Response> {
  const { auth, scheduler = systemScheduler } = options;
  const isTold = path === "/sign-up/email" && !auth.options.emailAndPassword.requireEmailVerification;
  const held = isTold ? undefined : scheduler.sleep(ANSWER_MS_MIN);
  const first = await auth.handler(request.clone());
  // Another may have come first with the same address: once more, and it is known.
  const response = first.status === 422 ? await auth.handler(request) : first;
  // A malformed request, or one for something not offered here, tells nothing about an account.
  if (response.status !== 400 && response.status !== 404) await held;
  return response;
}

type Counted = readonly (readonly [RateLimit, string])[];

function countsAsAsked(path: string, request: Request, { limits }: Store): Counted {
  const byPath = new Map([
    ["/sign-up/email", limits.signUpAddress],
    ["/request-password-reset", limits.resetAddress],
    ["/reset-password", limits.resetAddress],
  ]);
  const [limit, address] = [byPath.get(path), callerAddress(request.headers)];
  return limit === undefined || address === undefined ? [] : [[limit, address]];
}

/** Takes one of each, or none and throws why. */
async function takeAll(services: Store, counted: Counted): Promise<void> {
  for (const [at, [limit, subject]] of counted.entries()) {
    try {
      await assertWithinLimit(services, limit, subject);
    } catch (error) {
      for (const [taken, from] of counted.slice(0, at)) await giveBack(services, taken, from);
      throw error;
    }
  }
}

async function signIn(request: Request, options: AuthHttpOptions): Promise<Response> {
  const { auth, services, cookiePrefix } = options;
  const account = accountIn(await bodyOf(request));
  const browser = knownBrowser(request.headers, options);
  const counted = countsFor(account, callerAddress(request.headers), browser, services);
  await takeAll(services, counted);
  const response = await auth.handler(request);
  if (await isUnconfirmed(response)) return refused(401, WRONG_PASSWORD);
  if (!response.ok) return response;
  for (const [limit, subject] of counted) await giveBack(services, limit, subject);
  const value = rememberAccount(browser, account, services);
  response.headers.append("set-cookie", cookieText(`${cookiePrefix}.known`, value, KNOWN_SECONDS));
  return response;
}

async function isUnconfirmed(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const body: unknown = await response.clone().json();
  return typeof body === "object" && body !== null && "code" in body && body.code === "EMAIL_NOT_VERIFIED";
}

/** Undefined for a text that is not JSON. */
const bodyOf = (request: Request): Promise<unknown> =>
  request
    .clone()
    .json()
    .catch(() => undefined);

/** The address in the form in which accounts have it; whatever else was sent counts as one of its own. */
function accountIn(body: unknown): string {
  const typed = typeof body === "object" && body !== null && "email" in body ? String(body.email) : "";
  return (emailAddress(typed) ?? typed).toLowerCase();
}

function countsFor(
  account: string,
  address: string | undefined,
  browser: KnownBrowser,
  { limits, secret }: Store,
): Counted {
  const digest = accountDigest(browser.id, account, secret);
  if (browser.accounts.some((known) => isSame(known, digest)))
    return [[limits.signInBrowser, `${browser.id} ${account}`]];
  const byAccount = [limits.signInAccount, account] as const;
  return address === undefined ? [byAccount] : [[limits.signInAddress, address], byAccount];
}

/** A browser, and digests of the accounts that it was signed in to. Only this server can make them. */
interface KnownBrowser {
  readonly id: string;
  readonly accounts: readonly string[];
}

function knownBrowser(headers: Headers, { cookiePrefix, services }: AuthHttpOptions): KnownBrowser {
  const [id, ...accounts] = cookieIn(headers, `${cookiePrefix}.known`)?.split(".") ?? [];
  return id === undefined || id === ""
    ? { id: services.ids.next(), accounts: [] }
    : { id, accounts: accounts.slice(0, KNOWN_MAX) };
}

function rememberAccount({ id, accounts }: KnownBrowser, account: string, { secret }: Store): string {
  const digest = accountDigest(id, account, secret);
  return [id, digest, ...accounts.filter((other) => other !== digest)].slice(0, KNOWN_MAX + 1).join(".");
}

function accountDigest(browser: string, account: string, secret: string): string {
  return createHmac("sha256", secret).update(`browser ${browser} of ${account}`).digest("base64url");
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function answerRefusal(status: 429 | 503, { code, message, retryAfterSeconds }: Refusal): Response {
  const response = refused(status, { code, message });
  if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
  return response;
}

/** In the form of better-auth's own. */
function refused(status: number, body: object): Response {
  return Response.json(body, { status });
}
