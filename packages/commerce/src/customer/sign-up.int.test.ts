import { createPool } from "@tillstream/db";
import { sql, uuidGenerator } from "@tillstream/runtime";
import { createAuth, createCallerFactory, sessionUser } from "@tillstream/trpc";
import type { Auth } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { registerCustomer } from "./index.ts";

const HOST = "shop.test";
const PASSWORD = "long enough to pass";

let shop: TestShop;
let auth: Auth;
/** As the processes connect. */
let pool: ReturnType<typeof createPool>;
beforeAll(async () => {
  shop = await createTestShop();
  pool = createPool({ url: shop.test.appUrl, max: 5, applicationName: "test" });
  auth = createAuth({
    pool,
    secret: "a secret of the tests that is long enough",
    cookiePrefix: "test",
    signUp: true,
    ids: uuidGenerator,
    onUserCreated: (user) => registerCustomer(shop.services.db, user),
  });
});
afterAll(async () => {
  await pool.end();
  await shop[Symbol.asyncDispose]();
});

/** Each from its own address: how often one may try is not what is tested. */
let caller = 0;
function post(path: string, body: object, cookie = ""): Promise<Response> {
  const headers = {
    "content-type": "application/json",
    origin: `http://${HOST}`,
    host: HOST,
    cookie,
    "x-forwarded-for": `10.0.0.${(caller += 1)}`,
  };
  return auth.handler(
    new Request(`http://${HOST}/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

const signUp = (change: object) =>
  post("/sign-up/email", { name: "Ines", email: "ines@example.com", password: PASSWORD, ...change });

const people = () =>
  shop.database.query(sql`
    SELECT login.name AS login, customer.name AS customer, login.email, customer.email AS "customerEmail"
    FROM auth_users login FULL JOIN customers customer ON customer.user_id = login.id ORDER BY login.created_at`);

describe("a sign-up is refused with the field and the rule, and nobody is there afterwards", () => {
  it.each([
    ["no name", { name: "" }, "name", ">= 1"],
    ["a name that nobody can see", { name: "\u200b" }, "name", ">= 1"],
    ["a name of 5,000 characters", { name: "n".repeat(5_000) }, "name", "<= 200"],
    ["a name on two lines", { name: "Ines\nMoreau" }, "name", "regex"],
    ["a name that is not text", { name: 5 }, "name", "string"],
    ["an address without a domain", { email: "ines@" }, "email", "email"],
    ["an address with two @", { email: "ines@home@example.com" }, "email", "email"],
    ["a short password", { password: "short" }, "password", ">= 10"],
    ["a password of 5,000 characters", { password: "p".repeat(5_000) }, "password", "<= 128"],
    ["a field that is none", { role: "admin" }, "role", "unknown field"],
  ])("%s", async (_, change, field, rule) => {
    const response = await signUp(change);
    const refused = (await response.json()) as { code: string; fields: unknown[] };
    expect(response.status).toBe(400);
    expect(refused.code).toBe("INVALID_INPUT");
    expect(refused.fields).toEqual([expect.objectContaining({ field, rule })]);
    expect(await people()).toEqual([]);
  });
});

it.each([
  ["info@xn--h1alffa9f.xn--p1ai", "info@xn--h1alffa9f.xn--p1ai"],
  ["инфо@Почта.рф", "инфо@xn--80a1acny.xn--p1ai"],
  ["User&Co@example.com", "user&co@example.com"],
  ["user/dept=x@example.com", "user/dept=x@example.com"],
])("%s signs up once, signs in, and is known by that address", async (typed, kept) => {
  expect((await signUp({ email: typed, name: "\u202eInes " })).status).toBe(200);
  expect((await signUp({ email: kept, name: "Another" })).headers.get("set-cookie")).toBeNull();
  expect((await post("/sign-in/email", { email: typed, password: `${PASSWORD}!` })).status).toBe(401);
  const entered = await post("/sign-in/email", { email: typed, password: PASSWORD });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect(await sessionUser(auth, new Headers({ cookie }))).toMatchObject({
    email: kept,
    name: "Ines",
    role: "shopper",
  });
  expect(await people()).toContainEqual({ login: "Ines", customer: "Ines", email: kept, customerEmail: kept });
  await shop.database.query(sql`DELETE FROM customers`);
  await shop.database.query(sql`DELETE FROM auth_users`);
});

it("a shopper goes by one name: what the profile says is what the session says", async () => {
  const answer = await signUp({ email: "one-name@example.com" });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const user = await sessionUser(auth, new Headers({ cookie }));
  const { profile } = createCallerFactory(shopRouter)(shop.context({ user }));
  await profile.update({ name: "Ines Moreau" });
  expect(await sessionUser(auth, new Headers({ cookie }))).toMatchObject({ name: "Ines Moreau" });
  expect(await profile.get()).toMatchObject({ name: "Ines Moreau" });
  expect((await post("/update-user", { name: "" }, cookie)).status).toBe(404);
  expect(await profile.get()).toMatchObject({ name: "Ines Moreau" });
});

it("a password is changed, and somebody signs out, as the role of the processes", async () => {
  const email = "changes@example.com";
  const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const cookie = cookieOf(await signUp({ email }));
  const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD} changed`, revokeOtherSessions: true };
  expect((await post("/change-password", change, cookie)).status).toBe(200);
  expect((await post("/sign-in/email", { email, password: PASSWORD })).status).toBe(401);
  const entered = await post("/sign-in/email", { email, password: `${PASSWORD} changed` });
  expect(entered.status).toBe(200);
  expect((await post("/sign-out", {}, cookieOf(entered))).status).toBe(200);
  expect(await sessionUser(auth, new Headers({ cookie: cookieOf(entered) }))).toBeNull();
});
