import { createLogger, sql, uuidGenerator } from "@tillstream/runtime";
import { createAuth, createAuthHandler, createDatabaseGate, sessionUser } from "@tillstream/trpc";
import { afterEach, expect, it, vi } from "vitest";
import { createTestShop } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const HOST = "shop.test";
const OWNER = { name: "Ines", email: "ines@example.com", password: "long enough to pass" };

afterEach(() => vi.unstubAllEnvs());

function openDoor({ test: { pool }, services }: TestShop) {
  const cookiePrefix = "shop";
  const lines: string[] = [];
  const logger = createLogger("test", "info", { write: (line) => void lines.push(line) });
  const secret = "a secret of the tests";
  const auth = createAuth({ pool, secret, cookiePrefix, signUp: true, ids: uuidGenerator, logger });
  const gate = createDatabaseGate(pool);
  const handler = createAuthHandler({ auth, services: { ...services, logger }, cookiePrefix, gate });
  const post = (path: string, body: object, headers: Record<string, string> = {}) => {
    const all = { "content-type": "application/json", origin: `https://${HOST}`, host: HOST, ...headers };
    const init = { method: "POST", headers: { ...all, "x-forwarded-for": "203.0.113.7" }, body: JSON.stringify(body) };
    return handler(new Request(`https://${HOST}/api/auth${path}`, init));
  };
  const get = (path: string, headers: Record<string, string>) =>
    handler(new Request(`https://${HOST}/api/auth${path}`, { headers: { host: HOST, ...headers } }));
  const who = async (cookie: string) => (await sessionUser(auth, new Headers({ cookie, host: HOST })))?.email;
  return { auth, post, get, who, lines };
}

const sent = (cookies: readonly string[]) => cookies.map((cookie) => cookie.split(";")[0]).join("; ");
const sessionIn = ({ headers }: Response) =>
  sent(headers.getSetCookie().filter((cookie) => cookie.includes("session_token")));

const tokenOf = (cookie: string) =>
  decodeURIComponent(cookie)
    .replace(/^[^=]*=/, "")
    .split(".")[0] ?? "";

it("over https every cookie of a sign-in is of this host alone, and hidden from scripts", async () => {
  vi.stubEnv("SECURE_COOKIES", "true");
  await using shop = await createTestShop();
  const { post, who } = openDoor(shop);
  await post("/sign-up/email", OWNER);
  const entered = await post("/sign-in/email", OWNER);
  const cookies = entered.headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split("=")[0] ?? "").toSorted()).toEqual([
    "__Host-shop.known",
    "__Host-shop.session_token",
  ]);
  for (const cookie of cookies) {
    for (const attribute of [/; Secure(;|$)/i, /; HttpOnly(;|$)/i, /; SameSite=Lax(;|$)/i, /; Path=\/(;|$)/i])
      expect(cookie).toMatch(attribute);
    expect(cookie).not.toMatch(/Domain=/i);
  }
  expect(await who(sent(cookies))).toBe(OWNER.email);
  // As another host of the domain might plant it.
  expect(await who(sent(cookies).replaceAll("__Host-", ""))).toBeUndefined();
});

it("no answer holds the token of a session, which is the cookie's alone", async () => {
  await using shop = await createTestShop();
  const { post, get } = openDoor(shop);
  const made = await post("/sign-up/email", OWNER);
  const entered = await post("/sign-in/email", OWNER);
  const cookie = sessionIn(entered);
  const session = await get("/get-session", { cookie });
  const change = { currentPassword: OWNER.password, newPassword: "another long password" };
  const changed = await post("/change-password", change, { cookie });
  const tokens = await shop.database.query<{ token: string }>(sql`SELECT token FROM auth_sessions`);
  const all = [...tokens.map(({ token }) => token), ...[made, entered].map((each) => tokenOf(sessionIn(each)))];
  expect(all.length).toBe(3);
  for (const answer of [made, entered, session, changed]) {
    const text = await answer.text();
    expect(text).toContain(OWNER.email);
    for (const token of all) expect(text).not.toContain(token);
  }
});

it("each sign-in has a session of its own, and one that was signed out opens nothing", async () => {
  await using shop = await createTestShop();
  const { post, who } = openDoor(shop);
  await post("/sign-up/email", OWNER);
  const signIn = async () => sessionIn(await post("/sign-in/email", OWNER));
  const [first, second] = [await signIn(), await signIn()];
  expect(first).not.toBe(second);
  expect([await who(first), await who(second)]).toEqual([OWNER.email, OWNER.email]);
  await post("/sign-out", {}, { cookie: first });
  expect([await who(first), await who(second)]).toEqual([undefined, OWNER.email]);
});

it("a sign-in ends the session that the browser had, also one of another person, and no other", async () => {
  await using shop = await createTestShop();
  const { post, who } = openDoor(shop);
  const another = { ...OWNER, email: "nora@example.com" };
  const [before, elsewhere] = [sessionIn(await post("/sign-up/email", OWNER)), await post("/sign-in/email", OWNER)];
  await post("/sign-up/email", another);
  expect((await post("/sign-in/email", { ...OWNER, password: "a wrong password" }, { cookie: before })).status).toBe(
    401,
  );
  expect(await who(before)).toBe(OWNER.email);
  const after = sessionIn(await post("/sign-in/email", another, { cookie: before }));
  expect([await who(before), await who(sessionIn(elsewhere)), await who(after)]).toEqual([
    undefined,
    OWNER.email,
    another.email,
  ]);
});

it("the log tells each attempt to get into an account, how it ended, and which belong together, and names nobody", async () => {
  await using shop = await createTestShop();
  const { post, lines } = openDoor(shop);
  await post("/sign-up/email", OWNER);
  await post("/sign-in/email", { ...OWNER, password: "a wrong password" });
  await post("/sign-in/email", { email: "nobody@example.com", password: "a wrong password" });
  await post("/sign-in/email", OWNER);
  await post("/sign-in/email", OWNER, { "sec-fetch-site": "cross-site" });
  const told = lines.map((line) => JSON.parse(line) as Record<string, string>);
  expect(told.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    ["/sign-up/email", "done"],
    ["/sign-in/email", "refused"],
    ["/sign-in/email", "refused"],
    ["/sign-in/email", "done"],
    ["/sign-in/email", "refused"],
  ]);
  const [signUp, wrong, nobody, right] = told;
  expect([wrong?.["account"], right?.["account"]]).toEqual([signUp?.["account"], signUp?.["account"]]);
  expect(nobody?.["account"]).not.toBe(signUp?.["account"]);
  expect(new Set(told.map(({ from }) => from)).size).toBe(1);
  expect(lines.join("")).not.toMatch(/ines|nobody|203\.0\.113|password"|long enough|wrong/i);
});

it("what better-auth logs of an address to go to holds no person and no card", async () => {
  await using shop = await createTestShop();
  const { auth, lines } = openDoor(shop);
  const callbackURL = "https://evil.test/?e=ines@example.com&t=tok_visa";
  const headers = { "content-type": "application/json", origin: `https://${HOST}`, host: HOST };
  const body = JSON.stringify({ ...OWNER, callbackURL });
  await auth.handler(new Request(`https://${HOST}/api/auth/sign-up/email`, { method: "POST", headers, body }));
  expect(lines.join("")).toContain("better-auth: Invalid callbackURL");
  expect(lines.join("")).not.toMatch(/ines|tok_visa/);
});

it("a password is taken as it was typed, to its last character, blanks, case and letters of every script", async () => {
  await using shop = await createTestShop();
  const { post } = openDoor(shop);
  const passwords = [
    " lower case only ",
    "1234509876512345",
    "\u043f\u0430\u0440\u043e\u043b\u044c \ud83d\udd11 \u5bc6\u7801",
    `${"x".repeat(127)}y`,
  ];
  for (const [at, password] of passwords.entries()) {
    const email = `${at}@example.com`;
    expect((await post("/sign-up/email", { ...OWNER, email, password })).status).toBe(200);
    const signIn = async (typed: string) => (await post("/sign-in/email", { email, password: typed })).status;
    expect(await signIn(password)).toBe(200);
    for (const other of [password.trim(), password.toUpperCase(), password.slice(0, -1)])
      if (other !== password) expect(await signIn(other)).toBe(401);
  }
});

it("a session that nobody used for a week opens nothing", async () => {
  await using shop = await createTestShop();
  const { post, who } = openDoor(shop);
  await post("/sign-up/email", OWNER);
  const cookies = (await post("/sign-in/email", OWNER)).headers.getSetCookie();
  expect(cookies.find((cookie) => cookie.includes("session_token"))).toContain(`Max-Age=${7 * 24 * 60 * 60}`);
  expect(await who(sent(cookies))).toBe(OWNER.email);
  await shop.database.query(sql`UPDATE auth_sessions SET expires_at = expires_at - interval '7 days'`);
  expect(await who(sent(cookies))).toBeUndefined();
});

it("a password is changed only by a person who knows it, not by anybody with the session", async () => {
  await using shop = await createTestShop();
  const { post } = openDoor(shop);
  await post("/sign-up/email", OWNER);
  const cookies = (await post("/sign-in/email", OWNER)).headers.getSetCookie();
  const cookie = sent(cookies);
  const change = (currentPassword: string) =>
    post("/change-password", { currentPassword, newPassword: "another long password" }, { cookie });
  expect((await change("a wrong password")).status).toBe(400);
  expect((await post("/sign-in/email", OWNER)).status).toBe(200);
  expect((await change(OWNER.password)).status).toBe(200);
  expect((await post("/sign-in/email", OWNER)).status).toBe(401);
});
