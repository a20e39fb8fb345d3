/** Sessions: better-auth over our own tables, e-mail and password, cookies named per app. */
import { createHmac } from "node:crypto";
import { betterAuth } from "better-auth";
import { processSettings, readEnv, withoutPersons } from "@tillstream/runtime";
import type { IdGenerator, Logger } from "@tillstream/runtime";
import type pg from "pg";
import { ROLES } from "./context.ts";
import { cookieName } from "@tillstream/runtime";
import type { Role, SessionUser } from "./context.ts";
import { LINK_PATHS, linksByMail, ownAnswers } from "./auth-links.ts";
import type { LoginMail } from "./auth-links.ts";
import { ownRules, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "./sign-in-rules.ts";

const SESSION_SECONDS = 7 * 24 * 60 * 60;

export interface AuthOptions {
  readonly pool: pg.Pool;
  readonly secret: string;
  /** Two apps on one host share cookies whatever their ports: each has its own prefix. */
  readonly cookiePrefix: string;
  /** Whether visitors may register themselves. */
  readonly signUp: boolean;
  readonly ids: IdGenerator;
  readonly logger?: Logger;
  onUserCreated?(user: { id: string; email: string; name: string }): Promise<void>;
  /** Without it there are no links: passwords are not reset by mail. */
  readonly mail?: LoginMail;
  /** Whether a new account opens with the link in a mail; otherwise at once. */
  readonly confirmSignUp?: boolean;
}

const timestamps = { createdAt: "created_at", updatedAt: "updated_at" };

export function createAuth(options: AuthOptions) {
  const { pool, cookiePrefix, signUp, ids, logger, onUserCreated, confirmSignUp = false } = options;
  // The cookie of one app does not work in the other, though both know the same people.
  const secret = createHmac("sha256", options.secret).update(`sessions of ${cookiePrefix}`).digest("base64url");
  const links = options.mail && linksByMail(options.mail, { secret, pool });
  return betterAuth({
    database: pool,
    secret,
    basePath: "/api/auth",
    // The page and the endpoint are one origin: the request's own host is the only one that may send it.
    trustedOrigins: async (request) => {
      const host = request?.headers.get("host");
      return host ? [`http://${host}`, `https://${host}`] : [];
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: !signUp,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
      // For an address that has an account, the answer is that for a new one: `ownAnswers` signs a new one in.
      autoSignIn: false,
      requireEmailVerification: confirmSignUp,
      ...links?.passwords,
    },
    ...(links && { emailVerification: { ...links.confirmations, sendOnSignUp: confirmSignUp, sendOnSignIn: true } }),
    hooks: { before: ownRules(pool), after: ownAnswers(confirmSignUp) },
    // A name is the profile's to change, which changes the customer's with it.
    disabledPaths: ["/update-user", ...(links === undefined ? LINK_PATHS : [])],
    user: {
      modelName: "auth_users",
      fields: { ...timestamps, emailVerified: "email_verified" },
      additionalFields: { role: { type: "string", defaultValue: "shopper", input: false } },
    },
    session: {
      modelName: "auth_sessions",
      expiresIn: SESSION_SECONDS,
      additionalFields: {
        passwordDigest: {
          type: "string",
          required: false,
          input: false,
          returned: false,
          fieldName: "password_digest",
        },
      },
      fields: {
        ...timestamps,
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
      },
    },
    account: {
      modelName: "auth_credentials",
      fields: {
        ...timestamps,
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
      },
    },
    verification: {
      modelName: "auth_verifications",
      fields: { ...timestamps, expiresAt: "expires_at" },
      // So that a reader of the table has no link.
      storeIdentifier: "hashed",
    },
    rateLimit: { enabled: false }, // ours hold across processes: auth-http.ts
    advanced: {
      cookiePrefix: cookieName(cookiePrefix),
      disableOriginCheck: false, // by default it is on, but not in tests
      useSecureCookies: false, // its own prefix is weaker than ours
      defaultCookieAttributes: { secure: readEnv(processSettings).SECURE_COOKIES },
      database: { generateId: () => ids.next() },
      // Mails are written after the answer: how long it took tells nothing.
      backgroundTasks: { handler: (task) => void task },
    },
    databaseHooks: {
      user: {
        create: {
          // Where no mail confirms, an address is taken to be whose it is said to be.
          before: async (user) => ({ data: { ...user, emailVerified: !confirmSignUp } }),
          after: async (user) => {
            await onUserCreated?.(user);
            if (!confirmSignUp) await options.mail?.welcome(user);
          },
        },
        // By nothing but the link that confirms the address.
        update: { after: async (user) => options.mail?.welcome(user) },
      },
    },
    telemetry: { enabled: false },
    // An error without an answer is logged by auth-http.ts, which leaves out what the error quotes.
    onAPIError: { throw: true },
    logger: { level: "error", ...(logger !== undefined && { log: oneLine(logger) }) },
  });
}

/** For each fault, in place of a dump of it; it may quote what was typed. */
function oneLine(logger: Logger): (level: string, message: unknown, ...details: unknown[]) => void {
  return (_level, message, ...details) =>
    logger.error(
      { err: details.find((one) => one instanceof Error) },
      `better-auth: ${withoutPersons(String(message).split("\n")[0] ?? "")}`,
    );
}

export type Auth = ReturnType<typeof createAuth>;

/** The signed-in user of a request; null for a guest. */
export async function sessionUser(auth: Auth, headers: Headers): Promise<SessionUser | null> {
  const session = await auth.api.getSession({ headers });
  if (session === null) return null;
  const { id, email, name, role } = session.user;
  return { id, email, name, role: ROLES.includes(role as Role) ? (role as Role) : "shopper" };
}
