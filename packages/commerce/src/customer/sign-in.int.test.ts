import { createMemoryCache, sql, uuidGenerator } from "@tillstream/runtime";
import { createAuth, createAuthHandler, createDatabaseGate } from "@tillstream/trpc";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestShop } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const HOST = "shop.test";
const PASSWORD = "long enough to pass";
const OWNER = "ines@example.com";
const LIMITS = {
  signInAccount: { name: "account", size: 5, refillMs: 60_000 },
  signInBrowser: { name: "browser", size: 5, refillMs: 60_000 },
  signInAddress: { name: "address", size: 8, refillMs: 60_000 },
  signUpAddress: { name: "up", size: 4, refillMs: 60_000 },
};

let shop: TestShop;
beforeEach(async () => {
  shop = await createTestShop();
});
afterEach(() => shop[Symbol.asyncDispose]());

/** One process of the shop, with what it alone remembers. */
function startProcess({ cookiePrefix = "shop", pool = shop.test.pool } = {}) {
  const auth = createAuth({
    pool,
    secret: "a secret of the tests that is long enough",
    cookiePrefix,
    signUp: true,
    ids: uuidGenerator,
  });
  const services = { ...shop.services, cache: createMemoryCache(), limits: { ...shop.services.limits, ...LIMITS } };
  const gate = createDatabaseGate(pool);
  return createAuthHandler({ auth, services, cookiePrefix, gate });
}

type Handler = ReturnType<typeof startProcess>;

function post(handler: Handler, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = {
    "content-type": "application/json",
    origin: `http://${HOST}`,
    host: HOST,
    "x-forwarded-for": "203.0.113.7",
    ...headers,
  };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return handler(new Request(`http://${HOST}/api/auth${path}`, { method: "POST", headers: all, body: text }));
}

const signUp = (handler: Handler, email: string, headers?: Record<string, string>) =>
  post(handler, "/sign-up/email", { name: "Ines", email, password: PASSWORD }, headers);
const signIn = (handler: Handler, email: string, password: string, headers?: Record<string, string>) =>
  post(handler, "/sign-in/email", { email, password }, headers);
/** What a browser keeps of an answer. */
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");

describe("guessing", () => {
  const guess = (handler: Handler, at: number, account = OWNER) =>
    signIn(handler, account, `guess number ${at}`, { "x-forwarded-for": `10.1.${Math.trunc(at / 250)}.${at % 250}` });

  it("at one account from a thousand addresses is limited, in two processes and after a restart, and says when to come back", async () => {
    await signUp(startProcess(), OWNER);
    const statuses = new Map<number, number>();
    for (let at = 0; at < 60; at += 1) {
      const response = await guess(startProcess(), at);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status === 429) expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual(
      new Map([
        [401, 5],
        [429, 55],
      ]),
    );
  });

  it("keeps nobody out of an account at a browser that was signed in to it, nor others behind the same address", async () => {
    const process = startProcess();
    await signUp(process, OWNER);
    await signUp(process, "neighbour@example.com");
    const known = cookiesOf(await signIn(process, OWNER, PASSWORD));
    for (let at = 0; at < 10; at += 1) await signIn(process, OWNER, `guess number ${at}`);
    expect((await signIn(process, OWNER, PASSWORD)).status).toBe(429);
    expect((await signIn(process, OWNER, PASSWORD, { cookie: known })).status).toBe(200);
    expect((await signIn(process, "neighbour@example.com", PASSWORD)).status).toBe(200);
  });

  it("goes on at most as fast as the limit says, and the owner gets in on a new browser as well", async () => {
    const process = startProcess();
    await signUp(process, OWNER);
    for (let at = 0; at < 10; at += 1) await guess(process, at);
    await shop.database.query(sql`UPDATE rate_limits SET full_at = full_at - interval '1 minute'`);
    expect((await signIn(process, OWNER, PASSWORD)).status).toBe(200);
    expect((await guess(process, 11)).status).toBe(401);
    expect((await guess(process, 12)).status).toBe(429);
  });

  it("at many accounts from one address is limited, and what succeeds does not count", async () => {
    const process = startProcess();
    await signUp(process, OWNER);
    for (let at = 0; at < 10; at += 1) expect((await signIn(process, OWNER, PASSWORD)).status).toBe(200);
    const statuses = [];
    for (let at = 0; at < 10; at += 1)
      statuses.push((await signIn(process, `someone-${at}@example.com`, "a password of many")).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(8);
    expect(statuses.slice(8)).toEqual([429, 429]);
  });

  it("with a browser's cookie that is made up counts as from any other", async () => {
    const process = startProcess();
    await signUp(process, OWNER);
    const statuses = [];
    for (let at = 0; at < 7; at += 1)
      statuses.push(
        (await signIn(process, OWNER, `guess number ${at}`, { cookie: `shop.known=browser-${at}.made-up` })).status,
      );
    expect(statuses.slice(5)).toEqual([429, 429]);
  });

  it("that is not JSON, or names no account, is refused and counted", async () => {
    const process = startProcess();
    const statuses = [];
    for (const body of ["{", "null", "[]", '{"email":5}', '{"email":{}}', "{}", "{}"])
      statuses.push((await post(process, "/sign-in/email", body)).status);
    expect(statuses.every((status) => status === 400 || status === 429 || status === 401)).toBe(true);
  });
});

it("sign-ups from one address are limited", async () => {
  const process = startProcess();
  const statuses = [];
  for (let at = 0; at < 6; at += 1) statuses.push((await signUp(process, `new-${at}@example.com`)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  expect((await signUp(process, "other@example.com", { "x-forwarded-for": "203.0.113.8" })).status).toBe(200);
});

it("a body of more than 10,000 bytes, of another kind or from another site is not taken", async () => {
  const process = startProcess();
  const large = { name: "Ines", email: OWNER, password: "x".repeat(20_000) };
  expect((await post(process, "/sign-up/email", large)).status).toBe(413);
  const kinds = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];
  for (const kind of kinds)
    expect((await post(process, "/sign-in/email", "{}", { "content-type": kind })).status).toBe(415);
  expect((await signIn(process, OWNER, PASSWORD, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await signIn(process, OWNER, PASSWORD, { origin: "http://evil.test" })).status).toBe(403);
});

it.each(["/update-user", "/delete-user", "/change-email", "/sign-in/social", "/nowhere"])(
  "%s is not offered",
  async (path) => {
    expect((await post(startProcess(), path, { image: "javascript:alert(1)" })).status).toBe(404);
  },
);

it("no answer is kept by a cache", async () => {
  const process = startProcess();
  const answers = [
    await signUp(process, OWNER),
    await signIn(process, OWNER, "a wrong password"),
    await post(process, "/nowhere", {}),
  ];
  expect(answers.map(({ headers }) => headers.get("cache-control"))).toEqual(["no-store", "no-store", "no-store"]);
});

it("a session of the shop is none of the console", async () => {
  const [storefront, console] = [startProcess({ cookiePrefix: "shop" }), startProcess({ cookiePrefix: "console" })];
  const cookie = cookiesOf(await signUp(storefront, OWNER));
  const session = (handler: Handler, sent: string) =>
    handler(new Request(`http://${HOST}/api/auth/get-session`, { headers: { cookie: sent, host: HOST } })).then(
      (response) => response.json(),
    );
  expect(await session(storefront, cookie)).toMatchObject({ user: { email: OWNER } });
  expect(await session(console, cookie.replaceAll("shop.", "console."))).toBeNull();
});

it("a changed password ends the other sessions, whatever is asked", async () => {
  const process = startProcess();
  const elsewhere = cookiesOf(await signUp(process, OWNER));
  const here = cookiesOf(await signIn(process, OWNER, PASSWORD));
  const change = { currentPassword: PASSWORD, newPassword: "another long password", revokeOtherSessions: false };
  expect((await post(process, "/change-password", change, { cookie: here })).status).toBe(200);
  const session = await process(
    new Request(`http://${HOST}/api/auth/get-session`, { headers: { cookie: elsewhere, host: HOST } }),
  );
  expect(await session.json()).toBeNull();
});

it("while Postgres is away a sign-in is 503 and says when to try again, and works once it is back", async () => {
  await signUp(startProcess(), OWNER);
  let away = true;
  const refused = () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
  const pool = new Proxy(shop.test.pool, {
    get: (target, name) => (away && (name === "connect" || name === "query") ? refused : Reflect.get(target, name)),
  });
  const process = startProcess({ pool });
  const response = await signIn(process, OWNER, PASSWORD);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await response.json()).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  away = false;
  await vi.waitFor(async () => expect((await signIn(process, OWNER, PASSWORD)).status).toBe(200));
});

it.each(["qwertyuiop", "Password123", "1q2w3e4r5t", OWNER, "Ines Moreau Ines"])(
  "%s is too common, or known, for a password",
  async (password) => {
    const body = { name: "Ines Moreau Ines", email: OWNER, password };
    const response = await post(startProcess(), "/sign-up/email", body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ fields: [{ field: "password" }] });
  },
);
