import { createMemoryCache, manualClock, sql } from "@tillstream/runtime";
import { createCallerFactory, errorData } from "@tillstream/trpc";
import type { Context, SessionUser } from "@tillstream/trpc";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import type { PlacedOrder } from "../checkout/index.ts";
import { localInbox, sendOrderLinks } from "../mail/index.ts";
import type { Mailer } from "../mail/index.ts";
import { shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";

const DAY_MS = 86_400_000;
const EMAIL = "Ines.Moreau@example.com";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const as = (overrides: Partial<Context> = {}) => createCallerFactory(shopRouter)(shop.context(overrides));

async function place(user: SessionUser | null = null, email = EMAIL): Promise<PlacedOrder> {
  return await placeOrder(shop.context({ user }), orderInput({ email }));
}

/** The links that were mailed about an order, the oldest first, after the worker has done what there is to do. */
async function linksMailed(orderId: string): Promise<{ recipient: string; url: string }[]> {
  await shop.settle(createTestGateway());
  const mails = await shop.mails(sql`WHERE order_id = ${orderId} AND dedupe_key LIKE 'link:%'`);
  return mails.map(({ recipient, body }) => ({ recipient, url: body.split("\n").at(-1) ?? "" }));
}

const tokenOf = (url: string) => new URL(url).searchParams.get("token") ?? "";

const failureOf = (call: Promise<unknown>): Promise<TRPCError> =>
  call.then(
    () => expect.fail("it was answered"),
    (error: unknown) => (error instanceof TRPCError ? error : expect.fail(String(error))),
  );

describe("an order is found again by number and e-mail address", () => {
  it("in whichever way they are typed: the mail with its link goes to the address of the order, and opens it", async () => {
    const { orderId, number } = await place();
    const typed = { number: ` ${number.toLowerCase().replace("-", " ")}`, email: " ines.moreau@EXAMPLE.com " };
    await as().orders.find(typed);
    const [mail, ...more] = await linksMailed(orderId);
    expect([mail?.recipient, more]).toEqual([EMAIL, []]);
    expect(mail?.url).toMatch(new RegExp(`^http://localhost:3000/orders/${orderId}\\?token=`));
    const opened = await as().orders.byId({ orderId, accessToken: tokenOf(mail?.url ?? "") });
    expect(opened).toMatchObject({ orderId, number });
  });

  it("by an address in the letters of its own language", async () => {
    const { orderId, number } = await place(null, "ines@xn--80a1acny.xn--p1ai");
    await as().orders.find({ number, email: "ines@почта.рф" });
    expect((await linksMailed(orderId)).length).toBe(1);
  });

  it("with one answer and one row written, whether there is such an order or not", async () => {
    const { orderId, number } = await place();
    const asked = () =>
      shop.database.query(sql`SELECT number, lower(email) AS email FROM order_link_requests ORDER BY requested_at`);
    const answers = [];
    for (const input of [
      { number, email: EMAIL },
      { number, email: "somebody@else.test" },
      { number: "00000-00000", email: EMAIL },
    ]) {
      answers.push(await as().orders.find(input));
    }
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ status: "asked" })));
    expect(await asked()).toHaveLength(3);
    const before = await shop.database.query(sql`SELECT FROM mail_messages WHERE dedupe_key LIKE 'link:%'`);
    expect(await linksMailed(orderId)).toHaveLength(1);
    const after = await shop.database.query(sql`SELECT FROM mail_messages WHERE dedupe_key LIKE 'link:%'`);
    expect(after.length - before.length).toBe(1);
    expect(await asked()).toEqual([]);
  });

  it("once for one key, though the answer was lost and it was asked again", async () => {
    const { orderId, number } = await place();
    const idempotencyKey = "asked-once";
    for (let attempt = 1; attempt <= 3; attempt += 1)
      await as({ idempotencyKey }).orders.find({ number, email: EMAIL });
    expect(await linksMailed(orderId)).toHaveLength(1);
    const other = await failureOf(as({ idempotencyKey }).orders.find({ number, email: "other@example.com" }));
    expect(errorData(other).reason).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  it("and what is neither a number nor an address, or a field that it does not know, is refused by name", async () => {
    const wrong = await failureOf(as().orders.find({ number: "order", email: "nobody" }));
    expect(errorData(wrong).fields?.map(({ field }) => field)).toEqual(["number", "email"]);
    const unknown = { number: "00000-00000", email: EMAIL, orderId: "1" };
    expect(errorData(await failureOf(as().orders.find(unknown))).fields).toMatchObject([{ field: "orderId" }]);
  });

  it("while a mail that cannot be sent keeps nobody else from theirs, is tried again, and is given up after an hour", async () => {
    const [broken, sound] = [await place(), await place()];
    for (const { number } of [broken, sound]) await as().orders.find({ number, email: EMAIL });
    const { send } = localInbox(shop.services.keyring);
    const mailer: Mailer = {
      send: (tx, mail) =>
        mail.orderId === broken.orderId ? Promise.reject(new Error("550 no such user")) : send(tx, mail),
    };
    const { database: db, services } = shop;
    const sending = () => sendOrderLinks({ db, mailer, links: services, logger: services.logger });
    const waiting = () => db.query<{ number: string }>(sql`SELECT number FROM order_link_requests`);
    expect([await sending(), await sending()]).toEqual([1, 0]);
    expect(await waiting()).toEqual([{ number: broken.number }]);
    await db.query(sql`UPDATE order_link_requests SET requested_at = now() - interval '61 minutes'`);
    expect(await sending()).toBe(0);
    expect(await waiting()).toEqual([]);
    expect(await linksMailed(sound.orderId)).toHaveLength(1);
  });
});

describe("a link", () => {
  const inDays = (days: number) => manualClock(new Date(Date.now() + days * DAY_MS));

  it("opens the order until it expires, then says so, and is exchanged for a new one by mail", async () => {
    const { orderId, accessToken } = await place();
    const access = { orderId, accessToken };
    expect(await as({ clock: inDays(89) }).orders.byId(access)).toMatchObject({ orderId });
    const later = { clock: inDays(92) };
    const expired = await failureOf(as(later).orders.byId(access));
    expect([expired.code, errorData(expired).reason]).toEqual(["FORBIDDEN", "LINK_EXPIRED"]);
    expect(errorData(await failureOf(as(later).orders.cancel(access))).reason).toBe("LINK_EXPIRED");
    const answer = await as(later).orders.sendLink(access);
    expect(JSON.stringify(answer)).not.toContain("@");
    const [mail] = await linksMailed(orderId);
    expect(mail?.recipient).toBe(EMAIL);
    expect(await as().orders.byId({ orderId, accessToken: tokenOf(mail?.url ?? "") })).toMatchObject({ orderId });
  });

  it("that has expired does not keep out the customer whose order it is", async () => {
    const { orderId, accessToken } = await place(shopper);
    const signedIn = as({ user: shopper, clock: inDays(92) });
    expect(await signedIn.orders.byId({ orderId, accessToken })).toMatchObject({ orderId });
  });

  it("that we never gave out brings no mail, and no other answer for an order that exists", async () => {
    const { orderId } = await place();
    const { accessToken } = await place();
    for (const id of [orderId, "no-such-order"]) {
      const refused = await failureOf(as().orders.sendLink({ orderId: id, accessToken }));
      expect(errorData(refused).reason).toBe("ORDER_NOT_FOUND");
    }
    expect(await linksMailed(orderId)).toEqual([]);
  });

  it("is good in the answer to a command that was carried out long ago, and is kept nowhere", async () => {
    const context = shop.context({ idempotencyKey: "long-ago" });
    const first = await placeOrder(context, orderInput());
    await shop.database.query(
      sql`UPDATE idempotency_keys SET expires_at = now() + interval '1 year' WHERE key = 'long-ago'`,
    );
    for (const cache of [shop.services.cache, createMemoryCache()]) {
      const again = await placeOrder({ ...context, cache, clock: inDays(92) }, orderInput());
      expect(again.orderId).toBe(first.orderId);
      const { orderId, accessToken } = again;
      expect(await as({ clock: inDays(92) }).orders.byId({ orderId, accessToken })).toMatchObject({ orderId });
      const [kept] = await shop.database.query<{ response: object }>(
        sql`SELECT response FROM idempotency_keys WHERE key = 'long-ago'`,
      );
      expect(Object.keys(kept?.response ?? {})).not.toContain("accessToken");
    }
  });

  it("is in every mail about an order, and opens it for a guest", async () => {
    const { orderId } = await place();
    await shop.settle(createTestGateway());
    await shop.ship(createTestGateway());
    const mails = await shop.mails(sql`WHERE order_id = ${orderId}`);
    expect(mails.map(({ subject }) => subject.split(" ").slice(-2).join(" "))).toEqual(["is confirmed", "its way"]);
    for (const { body } of mails) {
      const accessToken = tokenOf(body.split("\n").at(-1) ?? "");
      expect(await as().orders.byId({ orderId, accessToken })).toMatchObject({ orderId });
    }
  });
});

describe("too many questions", () => {
  const guess = (caller: ReturnType<typeof as>, at: number) =>
    caller.orders.find({ number: `00000-${String(at).padStart(5, "0")}`, email: EMAIL });

  const LATER = sql`UPDATE rate_limits SET full_at = full_at - interval '1 hour'`;

  it("from one address are refused with the time to wait, and nobody else's", async () => {
    const overrides = { callerAddress: "203.0.113.7" };
    for (let at = 1; at <= 30; at += 1) await guess(as(overrides), at);
    const refused = await failureOf(guess(as(overrides), 31));
    expect(refused.code).toBe("TOO_MANY_REQUESTS");
    expect(errorData(refused)).toMatchObject({ reason: "RATE_LIMITED", retryAfterSeconds: expect.any(Number) });
    await guess(as({ ...overrides, callerAddress: "203.0.113.8" }), 31);
    await shop.database.query(LATER);
    await guess(as(overrides), 31);
  });

  it("for one order and one address are refused alike whether there is such an order or not", async () => {
    const { orderId, number } = await place();
    const refusals = [];
    for (const email of [EMAIL, "not.theirs@example.com"]) {
      const ask = () => as().orders.find({ number, email });
      for (let at = 1; at <= 5; at += 1) await ask();
      const refused = await failureOf(ask());
      refusals.push({ reason: errorData(refused).reason, message: refused.message });
    }
    expect(refusals[0]).toEqual({
      reason: "RATE_LIMITED",
      message: "That was tried too often. Try again in 12 minutes.",
    });
    expect(refusals[1]).toEqual(refusals[0]);
    expect(await linksMailed(orderId)).toHaveLength(5);
  });

  it("with a wrong address keep nobody from their own order", async () => {
    const { orderId, number } = await place();
    for (let at = 1; at <= 20; at += 1) await as().orders.find({ number, email: `guess-${at}@example.com` });
    await as().orders.find({ number, email: EMAIL });
    expect(await linksMailed(orderId)).toHaveLength(1);
  });
});
