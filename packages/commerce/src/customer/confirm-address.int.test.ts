import { sql } from "@tillstream/runtime";
import { addressOfConfirmation } from "@tillstream/trpc";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cookiesOf, createLoginShop, createTestShop, linkIn, PASSWORD, seen, tokenIn } from "../testing/index.ts";
import type { LoginShop, TestShop } from "../testing/index.ts";

const ANEW = "another long password";
const KNOWN = "ines@example.com";
const NEW = "nora@example.com";

let shop: TestShop;
let logins: LoginShop;
beforeEach(async () => {
  shop = await createTestShop();
  logins = createLoginShop(shop);
});
afterEach(async () => {
  vi.useRealTimers();
  await logins[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

it("a new account is welcomed once: when it opens at once, or else with the link that opens it", async () => {
  await logins.start("none").signUp(KNOWN);
  expect(await logins.mailsTo(KNOWN, 1, "Welcome")).toHaveLength(1);
  const { signUp, confirm } = logins.start("mail");
  await signUp(NEW);
  const token = tokenIn((await logins.mailsTo(NEW, 1))[0]);
  expect(await logins.mailsTo(NEW, 0, "Welcome")).toEqual([]);
  for (let time = 0; time < 2; time += 1) expect((await confirm(NEW, token)).status).toBe(200);
  expect(await logins.mailsTo(NEW, 1, "Welcome")).toHaveLength(1);
});

describe("a sign-up", () => {
  it("has one answer for a new and a known address where mails confirm, and no session", async () => {
    const { signUp } = logins.start("mail");
    const answers = [await signUp(KNOWN), await signUp(KNOWN, { name: "Ines" }), await signUp(NEW)];
    expect(new Set(await Promise.all(answers.map(async (each) => JSON.stringify(await seen(each)))))).toHaveLength(1);
    expect(answers[0]?.headers.getSetCookie()).toEqual([]);
  });

  it("tells what was typed, and nothing of the account that is there, of addresses in every script", async () => {
    const { signUp } = logins.start("mail");
    for (const email of ["инфо@xn--80a1acny.xn--p1ai", "user&co@example.com", KNOWN])
      for (const name of ["Ines", "Nora"])
        expect(await (await signUp(email, { name })).json()).toMatchObject({ token: null, user: { name, email } });
  });

  it.each(["mail", "none"] as const)(
    "of several at once with a new address has one answer as well (%s)",
    async (way) => {
      const { signUp } = logins.start(way);
      const answers = await Promise.all([signUp(NEW), signUp(NEW), signUp(NEW)]);
      for (const { headers } of answers) headers.delete("set-cookie");
      expect(new Set(await Promise.all(answers.map(async (each) => JSON.stringify(await seen(each)))))).toHaveLength(1);
      expect(answers[0]?.status).toBe(200);
      expect(await shop.database.query(sql`SELECT email FROM auth_users`)).toEqual([{ email: NEW }]);
    },
  );

  it("has its answer after the same time, whether the address was known, where mails confirm", async () => {
    const held = Promise.withResolvers<void>();
    const waits: number[] = [];
    const { signUp } = logins.start("mail", {}, (ms) => (waits.push(ms), held.promise));
    let isAnswered = false;
    const answers = Promise.all([signUp(NEW), signUp(NEW)]).finally(() => (isAnswered = true));
    await logins.mailsTo(NEW, 1);
    await vi.waitUntil(() => waits.length === 2);
    expect([waits, isAnswered]).toEqual([[600, 600], false]);
    held.resolve();
    expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
  });

  it("without confirmation differs by the session of a new account alone", async () => {
    const { signUp, person } = logins.start("none");
    const made = await signUp(KNOWN);
    expect(await person(cookiesOf(made))).toBe(KNOWN);
    const known = await signUp(KNOWN);
    expect(known.headers.getSetCookie()).toEqual([]);
    made.headers.delete("set-cookie");
    expect(await seen(known)).toEqual(await seen(made));
    expect(await logins.mailsTo(KNOWN, 1)).toMatchObject([{ subject: "You have a Fernhill account already" }]);
  });

  it("with a known address neither changes the account nor signs in, even with its password", async () => {
    const process = logins.start("none");
    await logins.openAccount(process, KNOWN);
    await process.signUp(KNOWN, { name: "Another", password: ANEW });
    expect((await process.signIn(KNOWN, ANEW)).status).toBe(401);
    expect((await process.signUp(KNOWN)).headers.getSetCookie()).toEqual([]);
    expect(await shop.database.query(sql`SELECT name FROM customers`)).toEqual([{ name: "Ines" }]);
  });

  it("is done by the link in the mail and the password: it signs in, leads on, and is good for every address", async () => {
    for (const email of [NEW, "инфо@xn--80a1acny.xn--p1ai", "user&co@example.com"]) {
      const { signUp, signIn, confirm, person, auth } = logins.start("mail");
      await signUp(email, { callbackURL: "/checkout?step=payment" });
      const [mail] = await logins.mailsTo(email, 1);
      const link = linkIn(mail);
      expect([link.origin, link.pathname, link.searchParams.get("next")]).toEqual([
        shop.services.shop.url,
        "/confirm",
        "/checkout?step=payment",
      ]);
      expect(await addressOfConfirmation(auth, tokenIn(mail))).toBe(email);
      const confirmed = await confirm(email, tokenIn(mail));
      expect([confirmed.status, await person(cookiesOf(confirmed))]).toEqual([200, email]);
      expect((await signIn(email, PASSWORD)).status).toBe(200);
    }
  });

  it("is not done by a link that is a day old, was made up, or is of another account", async () => {
    const { signUp, confirm, signIn, auth } = logins.start("mail");
    await signUp(NEW);
    await signUp("other@example.com");
    const [mail] = await logins.mailsTo(NEW, 1);
    const [others] = await logins.mailsTo("other@example.com", 1);
    for (const token of [tokenIn(others), "made.up.token", ""]) expect((await confirm(NEW, token)).status).toBe(401);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * 3_600_000 });
    expect(await addressOfConfirmation(auth, tokenIn(mail))).toBeUndefined();
    expect((await confirm(NEW, tokenIn(mail))).status).toBe(401);
    expect((await signIn(NEW, PASSWORD)).status).toBe(401);
  });

  it("with the address of somebody else opens nothing for who did it, whatever the reader of its mail does with the link", async () => {
    const { signUp, signIn, confirm, ask, reset } = logins.start("mail");
    const THEIRS = "what a stranger chose";
    await signUp(NEW, { password: THEIRS });
    const [mail] = await logins.mailsTo(NEW, 1);
    await signUp(NEW);
    expect((await confirm(NEW, tokenIn(mail))).status).toBe(401);
    expect((await signIn(NEW, THEIRS)).status).toBe(401);
    await ask(NEW);
    await reset(tokenIn((await logins.mailsTo(NEW, 1, "Set a new password"))[0]), PASSWORD);
    const statuses = [await signIn(NEW, THEIRS), await signIn(NEW, PASSWORD)].map(({ status }) => status);
    expect(statuses).toEqual([401, 200]);
  });

  it("signs nobody in who has the link and not the password", async () => {
    const { signUp, confirm, call } = logins.start("mail");
    await signUp(NEW);
    const [mail] = await logins.mailsTo(NEW, 1);
    const opened = await call("GET", `/verify-email?token=${tokenIn(mail)}&callbackURL=%2F.%2F%2Fevil.test`);
    expect([opened.status, opened.headers.get("location"), opened.headers.getSetCookie()]).toEqual([404, null, []]);
    expect((await confirm(NEW, tokenIn(mail), ANEW)).headers.getSetCookie()).toEqual([]);
    expect(await shop.database.query(sql`SELECT email_verified AS confirmed FROM auth_users`)).toEqual([
      { confirmed: false },
    ]);
  });

  it.each(["https://evil.test/", "/.//evil.test", "//evil.test"])("is not made to lead to %s", async (elsewhere) => {
    const { signUp } = logins.start("mail");
    const refused = await signUp(NEW, { callbackURL: elsewhere });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ fields: [expect.objectContaining({ field: "callbackURL" })] }),
    ]);
    expect(await shop.database.query(sql`SELECT FROM auth_users`)).toEqual([]);
  });

  it("has the same answer however often, and writes to the address, known or not, as often as the limit says", async () => {
    const { signUp } = logins.start("mail", { confirmMail: { name: "c", size: 2, refillMs: 3_600_000 } });
    const statuses = [];
    for (let at = 0; at < 4; at += 1)
      statuses.push((await signUp(KNOWN, {}, { "x-forwarded-for": `10.0.0.${at}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200]);
    await signUp(NEW);
    await logins.mailsTo(NEW, 1);
    expect(await logins.mailsTo(KNOWN, 2)).toHaveLength(2);
  });
});

describe("a sign-in to an account that is not confirmed", () => {
  it("has the answer of a wrong password, and sends the link again only when the password was right", async () => {
    const { signUp, signIn, confirm, person } = logins.start("mail");
    await signUp(NEW);
    await logins.mailsTo(NEW, 1);
    const wrong = await signIn(NEW, ANEW);
    const right = await signIn(NEW, PASSWORD);
    const unknown = await signIn("nobody@example.com", PASSWORD);
    const answers = await Promise.all([wrong, right, unknown].map(async (each) => JSON.stringify(await seen(each))));
    expect(new Set(answers)).toHaveLength(1);
    const [, again, ...more] = await logins.mailsTo(NEW, 2);
    expect(more).toEqual([]);
    expect(await person(cookiesOf(await confirm(NEW, tokenIn(again))))).toBe(NEW);
    expect((await signIn(NEW, PASSWORD)).status).toBe(200);
  });

  it("sends no more mails than the limit says", async () => {
    const { signUp, signIn } = logins.start("mail", { confirmMail: { name: "c", size: 2, refillMs: 3_600_000 } });
    await signUp(NEW);
    for (let at = 0; at < 4; at += 1) expect((await signIn(NEW, PASSWORD)).status).toBe(401);
    await signUp("last@example.com");
    await logins.mailsTo("last@example.com", 1);
    expect(await logins.mailsTo(NEW, 2)).toHaveLength(2);
  });
});
