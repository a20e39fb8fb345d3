import { sql, uuidGenerator } from "@tillstream/runtime";
import { addressOfReset, createAuth, createAuthHandler, createDatabaseGate } from "@tillstream/trpc";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cookiesOf, createLoginShop, createTestShop, HOST, linkIn, PASSWORD, seen, tokenIn } from "../testing/index.ts";
import type { LoginShop, TestShop } from "../testing/index.ts";

const ANEW = "another long password";
const KNOWN = "ines@example.com";
const NEW = "nora@example.com";
const BY_HOUR = { size: 3, refillMs: 3_600_000 };

let shop: TestShop;
let logins: LoginShop;
beforeEach(async () => {
  shop = await createTestShop();
  logins = createLoginShop(shop);
});
afterEach(async () => {
  await logins[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

describe("a new password", () => {
  async function linkFor(process: ReturnType<LoginShop["start"]>, email = KNOWN): Promise<string> {
    await logins.openAccount(process, email);
    await process.ask(email);
    return tokenIn((await logins.mailsTo(email, 1, "Set a new password"))[0]);
  }

  it("is asked for with one answer, and one row, whether the address has an account or not; a mail goes to the one that has", async () => {
    const process = logins.start("none");
    await logins.openAccount(process, KNOWN);
    const rows = async () => (await shop.database.query(sql`SELECT FROM auth_verifications`)).length;
    const known = await process.ask(KNOWN.toUpperCase());
    expect(await rows()).toBe(1);
    const unknown = await process.ask("nobody@example.com");
    expect(await rows()).toBe(2);
    expect(await seen(unknown)).toEqual(await seen(known));
    await logins.mailsTo(KNOWN, 1);
    expect((await shop.mails()).map(({ recipient, subject }) => [recipient, subject.split(" ")[0]])).toEqual([
      [KNOWN, "Welcome"],
      [KNOWN, "Set"],
    ]);
  });

  it("is set by the link once; all sessions end, and the old password is over", async () => {
    const process = logins.start("none");
    const session = cookiesOf(await process.signUp(KNOWN));
    const token = await linkFor(process);
    expect(await addressOfReset(process.auth, token)).toBe(KNOWN);
    expect((await process.reset(token, ANEW)).status).toBe(200);
    expect(await process.person(session)).toBeUndefined();
    expect((await process.signIn(KNOWN, PASSWORD)).status).toBe(401);
    expect((await process.signIn(KNOWN, ANEW)).status).toBe(200);
    expect((await process.reset(token, `${ANEW} once more`)).status).toBe(400);
    expect((await process.signIn(KNOWN, ANEW)).status).toBe(200);
    expect(await addressOfReset(process.auth, token)).toBeUndefined();
  });

  it("of two that set one at once by one link, one succeeds", async () => {
    const process = logins.start("none");
    const token = await linkFor(process);
    const answers = await Promise.all(
      ["first long password", "other long password"].map((password) => process.reset(token, password)),
    );
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 400]);
  });

  it("confirms an unconfirmed account, no matter who opened it", async () => {
    const process = logins.start("mail");
    await process.signUp(NEW, { password: "what a stranger chose" });
    await process.ask(NEW);
    const mails = await logins.mailsTo(NEW, 2);
    await process.reset(tokenIn(mails.find(({ subject }) => subject.startsWith("Set"))), PASSWORD);
    expect((await process.signIn(NEW, PASSWORD)).status).toBe(200);
    expect((await process.signIn(NEW, "what a stranger chose")).status).toBe(401);
  });

  it("is not set by a link that is an hour old", async () => {
    const process = logins.start("none");
    const token = await linkFor(process);
    const [link] = await shop.database.query<{ minutes: number }>(
      sql`SELECT round(extract(epoch FROM expires_at - now()) / 60)::int AS minutes FROM auth_verifications`,
    );
    expect(link).toEqual({ minutes: 60 });
    await shop.database.query(sql`UPDATE auth_verifications SET expires_at = now() - interval '1 second'`);
    expect(await addressOfReset(process.auth, token)).toBeUndefined();
    expect((await process.reset(token, ANEW)).status).toBe(400);
    expect((await process.signIn(KNOWN, PASSWORD)).status).toBe(200);
  });

  it("obeys the rules for passwords, and the link is still good after one that does not", async () => {
    const process = logins.start("none");
    const token = await linkFor(process);
    for (const weak of ["short", "qwertyuiop", "Password123", "x".repeat(129)]) {
      const refused = await process.reset(token, weak);
      expect([refused.status, await refused.json()]).toEqual([
        400,
        expect.objectContaining({ fields: [expect.objectContaining({ field: "newPassword" })] }),
      ]);
    }
    expect((await process.reset(token, ANEW)).status).toBe(200);
  });

  it("is set for the account of the link alone, whichever address is sent along", async () => {
    const process = logins.start("none");
    await logins.openAccount(process, NEW);
    const token = await linkFor(process);
    expect((await process.reset(token, ANEW, { email: NEW })).status).toBe(400);
    expect((await process.reset(token, ANEW)).status).toBe(200);
    expect((await process.signIn(NEW, PASSWORD)).status).toBe(200);
    expect((await process.signIn(NEW, ANEW)).status).toBe(401);
  });

  it("leads to the shop's own address, whatever host the request names", async () => {
    const process = logins.start("none");
    await logins.openAccount(process, KNOWN);
    for (const caller of [{ host: "evil.test" }, { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https" }])
      await process.ask(KNOWN, caller);
    for (const mail of await logins.mailsTo(KNOWN, 2)) {
      expect(linkIn(mail).href.startsWith(`${shop.services.shop.url}/reset?token=`)).toBe(true);
      expect(mail.body).not.toContain("evil");
    }
    expect(
      (await process.post("/request-password-reset", { email: KNOWN, redirectTo: "https://evil.test" })).status,
    ).toBeGreaterThanOrEqual(400);
  });

  it("of the staff is not set from the shop, by a link of an earlier time either, and the answer is the same", async () => {
    const process = logins.start("none");
    const token = await linkFor(process);
    await shop.database.query(sql`UPDATE auth_users SET role = 'admin' WHERE email = ${KNOWN}`);
    expect(await seen(await process.ask(KNOWN))).toEqual(await seen(await process.ask("nobody@example.com")));
    expect((await process.reset(token, ANEW)).status).toBe(400);
    expect((await process.signIn(KNOWN, PASSWORD)).status).toBe(200);
    await logins.openAccount(process, NEW);
    await process.ask(NEW);
    await logins.mailsTo(NEW, 1);
    expect(await logins.mailsTo(KNOWN, 1)).toHaveLength(1);
  });

  it("is kept as a digest: nothing in the table opens the link", async () => {
    const process = logins.start("none");
    const token = await linkFor(process);
    const rows = await shop.database.query(sql`SELECT * FROM auth_verifications`);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("is mailed to its owner whatever others do with the address, and no more often than the limit says", async () => {
    const process = logins.start("mail", {
      resetMail: { name: "m", ...BY_HOUR },
      confirmMail: { name: "c", ...BY_HOUR },
    });
    for (let at = 0; at < 6; at += 1) await process.signUp(KNOWN, {}, { "x-forwarded-for": `10.0.0.${at}` });
    for (let at = 0; at < 5; at += 1) expect((await process.ask(KNOWN)).status).toBe(200);
    const mails = await logins.mailsTo(KNOWN, 3, "Set a new password");
    await process.ask(NEW);
    expect(await logins.mailsTo(KNOWN, 3, "Set a new password")).toHaveLength(3);
    // Those of before are still good.
    for (const mail of mails.slice(-1)) expect((await process.reset(tokenIn(mail), ANEW)).status).toBe(200);
  });

  it("has its answer after the same time, whether the address has an account", async () => {
    const held = Promise.withResolvers<void>();
    const waits: number[] = [];
    await logins.openAccount(logins.start("none"), KNOWN);
    const { ask } = logins.start("none", {}, (ms) => (waits.push(ms), held.promise));
    let isAnswered = false;
    const answers = Promise.all([ask(KNOWN), ask(NEW)]).finally(() => (isAnswered = true));
    await logins.mailsTo(KNOWN, 1);
    await vi.waitUntil(() => waits.length === 2);
    expect([waits, isAnswered]).toEqual([[600, 600], false]);
    held.resolve();
    expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
  });

  it("is asked for, and tried to set, as often as the limit says by address", async () => {
    const narrow = logins.start("none", { resetAddress: { name: "r", ...BY_HOUR } });
    for (let at = 0; at < 2; at += 1) expect((await narrow.ask(`someone-${at}@example.com`)).status).toBe(200);
    expect((await narrow.reset("made-up", ANEW)).status).toBe(400);
    expect((await narrow.reset("made-up", ANEW)).status).toBe(429);
    expect((await narrow.ask("another@example.com")).headers.get("retry-after")).not.toBeNull();
  });

  it("is not offered by an app without mail, such as the console", async () => {
    const auth = createAuth({
      pool: logins.pool,
      secret: "a secret of the tests",
      cookiePrefix: "console",
      signUp: false,
      ids: uuidGenerator,
    });
    const gate = createDatabaseGate(logins.pool);
    const handler = createAuthHandler({ auth, services: shop.services, cookiePrefix: "console", gate });
    for (const path of ["/request-password-reset", "/reset-password"]) {
      const request = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
      expect((await handler(new Request(`http://${HOST}/api/auth${path}`, request))).status).toBe(404);
    }
  });
});
