/** Processes of the shop as far as logins go, over their HTTP edge and as the role of the processes; and the mails that they write. */
import { createPool } from "@tillstream/db";
import { createMemoryCache, sql, systemScheduler, uuidGenerator } from "@tillstream/runtime";
import type { Scheduler } from "@tillstream/runtime";
import { createAuth, createAuthHandler, createDatabaseGate, sessionUser } from "@tillstream/trpc";
import { vi } from "vitest";
import { registerCustomer } from "../customer/index.ts";
import { localInbox, loginMail } from "../mail/index.ts";
import type { TestShop } from "./index.ts";

export const HOST = "127.0.0.1:3000";
export const PASSWORD = "long enough to pass";

export interface LoginShop extends AsyncDisposable {
  /** As the processes connect. */
  readonly pool: ReturnType<typeof createPool>;
  /**
   * @param confirmation as `SIGN_UP_CONFIRMATION` has it
   * @param sleep in place of the time that an answer is held back
   */
  start(confirmation: "mail" | "none", limits?: object, sleep?: Sleep): LoginProcess;
  /** The mails to an address with a subject that begins so, oldest first, once there are so many: they are written after the answer. */
  mailsTo(email: string, count: number, subject?: string): Promise<{ subject: string; body: string }[]>;
  /** An account that is open. */
  openAccount(process: LoginProcess, email: string): Promise<void>;
  /** Holds the next statement of the pool that is like this, until it is released. */
  hold(like: RegExp): Held;
}

interface Held {
  readonly reached: Promise<void>;
  release(): void;
}

type Sleep = Scheduler["sleep"];
type LoginProcess = ReturnType<typeof startProcess>;

export function createLoginShop({ database, services, test, mails: allMails }: TestShop): LoginShop {
  const pool = createPool({ url: test.appUrl, max: 5, applicationName: "test" });
  const hold = statementHolder(pool);
  /** Without what every new account gets, unless it is asked for. */
  const mails = async (to: string, beginning: string) =>
    (await allMails()).filter(
      ({ recipient, subject }) =>
        recipient === to && (beginning === "" ? !subject.startsWith("Welcome") : subject.startsWith(beginning)),
    );
  return {
    pool,
    hold,
    start: (confirmation, limits = {}, sleep = () => Promise.resolve()) =>
      startProcess(services, pool, confirmation, limits, sleep),
    async mailsTo(email, count, subject = "") {
      await vi.waitUntil(async () => (await mails(email, subject)).length >= count, { timeout: 10_000, interval: 20 });
      return mails(email, subject);
    },
    async openAccount(process, email) {
      await process.signUp(email);
      await database.query(sql`UPDATE auth_users SET email_verified = true WHERE email = ${email}`);
    },
    async [Symbol.asyncDispose]() {
      // Mails are written after the answer.
      await vi.waitUntil(() => [pool, test.pool].every(({ idleCount, totalCount }) => idleCount === totalCount));
      await pool.end();
    },
  };
}

function statementHolder(pool: LoginShop["pool"]): LoginShop["hold"] {
  let next: { like: RegExp; reach(): void; released: Promise<void> } | undefined;
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const holding = (...given: unknown[]): unknown => {
      if (typeof given[0] !== "string" || !next?.like.test(given[0])) return query(...given);
      const { reach, released } = next;
      next = undefined;
      reach();
      return released.then(() => query(...given));
    };
    client.query = holding as typeof client.query; // with all its forms, which it passes on
  });
  return (like) => {
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    next = { like, reach: reached.resolve, released: released.promise };
    return { reached: reached.promise, release: released.resolve };
  };
}

/** `caller` is what a browser sends besides, such as its cookies. */
function startProcess(
  ofShop: TestShop["services"],
  pool: LoginShop["pool"],
  confirmation: "mail" | "none",
  limits: object,
  sleep: Sleep,
) {
  const services = { ...ofShop, cache: createMemoryCache(), limits: { ...ofShop.limits, ...limits } };
  const auth = createAuth({
    pool,
    secret: "a secret of the tests that is long enough",
    cookiePrefix: "shop",
    signUp: true,
    ids: uuidGenerator,
    logger: services.logger,
    onUserCreated: (user) => registerCustomer(services.db, user),
    mail: loginMail(services, localInbox(services.keyring)),
    confirmSignUp: confirmation === "mail",
  });
  const gate = createDatabaseGate(pool);
  const handler = createAuthHandler({
    auth,
    services,
    cookiePrefix: "shop",
    gate,
    scheduler: { ...systemScheduler, sleep },
  });
  const call = (method: string, path: string, body?: object, caller: Record<string, string> = {}) => {
    const host = caller.host ?? HOST;
    const headers = {
      "content-type": "application/json",
      origin: `http://${host}`,
      host,
      "x-forwarded-for": "203.0.113.7",
    };
    const request = { method, headers: { ...headers, ...caller }, ...(body && { body: JSON.stringify(body) }) };
    return handler(new Request(`http://${host}/api/auth${path}`, request));
  };
  const post = (path: string, body: object, caller?: Record<string, string>) => call("POST", path, body, caller);
  return {
    auth,
    call,
    post,
    signUp: (email: string, more: object = {}, caller?: Record<string, string>) =>
      post("/sign-up/email", { name: "Ines", email, password: PASSWORD, ...more }, caller),
    signIn: (email: string, password: string) => post("/sign-in/email", { email, password }),
    ask: (email: string, caller?: Record<string, string>) => post("/request-password-reset", { email }, caller),
    reset: (token: string, newPassword: string, more: object = {}) =>
      post("/reset-password", { token, newPassword, ...more }),
    confirm: (email: string, confirmation: string, password = PASSWORD) =>
      post("/sign-in/email", { email, password, confirmation }),
    person: async (cookie: string) => (await sessionUser(auth, new Headers({ cookie })))?.email,
  };
}

export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");

/** The link of a mail that has a token. */
export const linkIn = (mail: { body: string } | undefined): URL =>
  new URL(/^http.*[?]token=.*$/m.exec(mail?.body ?? "")?.[0] ?? "");
export const tokenIn = (mail: { body: string } | undefined): string => linkIn(mail).searchParams.get("token") ?? "";

/** What a stranger sees of an answer; what was typed, ids and times are blotted out. */
export async function seen(response: Response): Promise<object> {
  const body = (await response.text())
    .replaceAll(/[\w.&+-]+@[\w.-]+/g, "<address>")
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}
