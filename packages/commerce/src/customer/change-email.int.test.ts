import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { cookiesOf, createLoginShop, createTestShop, PASSWORD, tokenIn } from "../testing/index.ts";
import type { LoginShop, TestShop } from "../testing/index.ts";

const OLD = "ines@example.com";
const NEW = "nora@example.com";
const ANEW = "another long password";

let shop: TestShop;
let logins: LoginShop;
let process: ReturnType<LoginShop["start"]>;
beforeEach(async () => {
  shop = await createTestShop();
  logins = createLoginShop(shop);
  process = logins.start("none");
});
afterEach(async () => {
  await logins[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

async function open(email: string): Promise<SessionUser> {
  await logins.openAccount(process, email);
  const [user] = await shop.database.query<SessionUser>(
    sql`SELECT id, email, name, role FROM auth_users WHERE email = ${email}`,
  );
  return user ?? expect.fail("it was opened");
}
const as = (user: SessionUser) => createCallerFactory(shopRouter)(shop.context({ user })).profile;
const linkTo = async (email: string) => tokenIn((await logins.mailsTo(email, 1, "Confirm the new address")).at(-1));

describe("another e-mail address", () => {
  it("is the login's once its reader, signed in, follows the link; all sessions end and the old address is told", async () => {
    const user = await open(OLD);
    const cookies = cookiesOf(await process.signIn(OLD, PASSWORD));
    await process.ask(OLD);
    const reset = tokenIn((await logins.mailsTo(OLD, 1, "Set a new password"))[0]);
    expect(await as(user).changeEmail({ email: "Nora@example.com", password: PASSWORD })).toEqual({ sentTo: NEW });
    const token = await linkTo(NEW);
    expect(await process.person(cookies)).toBe(OLD);
    expect(await as(user).newEmail({ token })).toEqual({ email: NEW });

    expect(await as(user).confirmEmail({ token })).toEqual({ email: NEW });
    expect(await process.person(cookies)).toBeUndefined();
    expect((await process.signIn(OLD, PASSWORD)).status).toBe(401);
    expect((await process.signIn(NEW, PASSWORD)).status).toBe(200);
    expect((await process.reset(reset, ANEW)).status).toBe(400);
    expect(await shop.database.query(sql`SELECT email FROM customers`)).toEqual([{ email: NEW }]);
    const [notice] = await logins.mailsTo(OLD, 1, "The address of your");
    expect(notice?.body).not.toContain(NEW);
    await expect(as({ ...user, email: NEW }).confirmEmail({ token })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await as({ ...user, email: NEW }).newEmail({ token })).toEqual({ email: null });
  });

  it("works once: not again after going back, and says nothing of the password or of the address before", async () => {
    const user = await open(OLD);
    await as(user).changeEmail({ email: NEW, password: PASSWORD });
    const first = await linkTo(NEW);
    const said = JSON.parse(Buffer.from(first.split(".")[1] ?? "", "base64url").toString()) as object;
    expect(Object.keys(said).toSorted()).toEqual(["changeId", "exp", "iat", "to", "userId"]);
    await as(user).confirmEmail({ token: first });
    const moved = { ...user, email: NEW };
    await as(moved).changeEmail({ email: OLD, password: PASSWORD });
    await as(moved).confirmEmail({ token: await linkTo(OLD) });
    expect(await as(user).newEmail({ token: first })).toEqual({ email: null });
    await expect(as(user).confirmEmail({ token: first })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await process.signIn(OLD, PASSWORD)).status).toBe(200);
  });

  it("is not taken without the password, and guesses are limited", async () => {
    const user = await open(OLD);
    const attempt = (password: string) => as(user).changeEmail({ email: NEW, password });
    await expect(attempt("not the password")).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await shop.mails(sql`WHERE dedupe_key LIKE 'new-address:%'`)).toEqual([]);
    await expect(async () => {
      for (let guess = 0; guess < 100; guess += 1)
        await attempt("not the password").catch((error: { code: string }) => {
          if (error.code !== "BAD_REQUEST") throw error;
        });
    }).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });

  it("that has an account gets the same answer, and a mail that changes nothing", async () => {
    const [user] = [await open(OLD), await open(NEW)];
    expect(await as(user).changeEmail({ email: NEW, password: PASSWORD })).toEqual({ sentTo: NEW });
    expect(await logins.mailsTo(NEW, 1, "You have a Fernhill account already")).toHaveLength(1);
    expect(await logins.mailsTo(NEW, 0, "Confirm the new")).toEqual([]);
  });

  it("does not go to the reader of a mistyped one, nor to anybody after the password was changed", async () => {
    const [user, stranger] = [await open(OLD), await open("otto@example.com")];
    await as(user).changeEmail({ email: NEW, password: PASSWORD });
    const token = await linkTo(NEW);
    await expect(as(stranger).confirmEmail({ token })).rejects.toMatchObject({ code: "CONFLICT" });
    const cookie = cookiesOf(await process.signIn(OLD, PASSWORD));
    await process.post("/change-password", { currentPassword: PASSWORD, newPassword: ANEW }, { cookie });
    await expect(as(user).confirmEmail({ token })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await process.signIn(OLD, ANEW)).status).toBe(200);
  });

  it("that two accounts want at the same moment is one's, and the other stays as it was", async () => {
    const users = [await open(OLD), await open("otto@example.com")];
    const tokens: string[] = [];
    for (const user of users) {
      await as(user).changeEmail({ email: NEW, password: PASSWORD });
      await logins.mailsTo(NEW, tokens.length + 1, "Confirm the new address");
      tokens.push(await linkTo(NEW));
    }
    const answers = await Promise.allSettled(
      users.map((user, at) => as(user).confirmEmail({ token: tokens[at] ?? "" })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const emails = await shop.database.query<{ login: string; profile: string }>(sql`
      SELECT auth_users.email AS login, customers.email AS profile FROM auth_users JOIN customers USING (id)`);
    expect(new Set(emails.map(({ login }) => login)).size).toBe(2);
    for (const { login, profile } of emails) expect(profile).toBe(login);
  });

  it("is not for staff, whose login opens the console", async () => {
    const user = await open(OLD);
    await shop.test.pool.query("UPDATE auth_users SET role = 'operator' WHERE id = $1", [user.id]);
    await expect(as(user).changeEmail({ email: NEW, password: PASSWORD })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("an account that its owner deletes", () => {
  it("is not one of the staff, who hear why, also without ever having bought anything", async () => {
    const user = await open(OLD);
    await shop.test.pool.query("UPDATE auth_users SET role = 'operator' WHERE id = $1", [user.id]);
    await shop.test.pool.query("DELETE FROM customers WHERE id = $1", [user.id]);
    const refused = await as(user)
      .erase({ password: PASSWORD })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "CONFLICT", cause: { code: "STAFF_LOGIN" } });
  });

  it("takes the password, and is gone with its sessions, addresses and name; orders under way are counted", async () => {
    const user = await open(OLD);
    const cookies = cookiesOf(await process.signIn(OLD, PASSWORD));
    const address = {
      name: "Ines",
      line1: "1 Orchard Lane",
      city: "Oakland",
      postalCode: "94607",
      country: "US",
    } as const;
    await createCallerFactory(shopRouter)(shop.context({ user })).addresses.save({ address });
    await expect(as(user).erase({ password: "not the password" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await as(user).beforeErasure()).toEqual({ underWay: 0, credit: null });

    expect(await as(user).erase({ password: PASSWORD })).toEqual({ waitingFor: 0 });
    expect(await process.person(cookies)).toBeUndefined();
    expect((await process.signIn(OLD, PASSWORD)).status).toBe(401);
    for (const table of [sql`customers`, sql`customer_addresses`, sql`auth_users`, sql`mail_messages`])
      expect(await shop.database.query(sql`SELECT FROM ${table}`)).toEqual([]);
    const events = await shop.database.query(sql`
      SELECT type, metadata ->> 'actor' AS actor FROM events WHERE stream_type = 'customer'`);
    expect(events).toEqual([{ type: "CustomerErased", actor: `user:${user.id}` }]);
    const [erasure] = await shop.database.query<{ erased: object }>(sql`SELECT erased FROM erasures`);
    expect(erasure?.erased).toMatchObject({ savedAddresses: 1, profile: 1, login: 1 });
  });
});
