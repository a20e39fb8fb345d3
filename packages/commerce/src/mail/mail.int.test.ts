import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { formatDay } from "../catalogue/index.ts";
import { placeOrder } from "../checkout/index.ts";
import { referTo } from "../order/index.ts";
import { arrivalWords, expectedArrival } from "../pricing/index.ts";
import { adminRouter, shopRouter } from "../routers.ts";
import { readDispatchRule } from "../settings.ts";
import { createTestGateway, createTestShop, orderInput, shopper, SKUS } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { localInbox } from "./mailer.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

async function settledOrder(token: string, sku: string = SKUS.mug, soldOut = false): Promise<string> {
  const placed = await placeOrder(
    shop.context(),
    orderInput({ lines: [{ sku, quantity: 1 }], payment: { method: "card", token } }),
  );
  if (soldOut) await shop.database.query(sql`UPDATE stock SET available = 0 WHERE sku = ${sku}`);
  await shop.settle(createTestGateway());
  return placed.orderId;
}

const mailsOf = (orderId: string) => shop.mails(sql`WHERE order_id = ${orderId}`);

it("a confirmed order is told to its customer, once", async () => {
  const orderId = await settledOrder("tok_visa");
  const mails = await mailsOf(orderId);
  expect(mails).toMatchObject([{ recipient: "ines@example.com", subject: expect.stringContaining("is confirmed") }]);
  expect(mails[0]?.body).toContain("1 x Mug, $12.00");
});

it("a cancelled order's mail says whether money came back", async () => {
  const declined = await settledOrder("tok_chargeDeclined");
  expect((await mailsOf(declined)).map(({ body }) => body)).toEqual([expect.stringContaining("You were not charged.")]);
  const soldOut = await settledOrder("tok_visa", SKUS.rare, true);
  expect((await mailsOf(soldOut)).map(({ body }) => body)).toEqual([expect.stringContaining("We returned $5.00")]);
});

it("the mails of an order name the days that its page names", async () => {
  const orderId = await settledOrder("tok_visa");
  await shop.ship(createTestGateway());
  const { orders } = createCallerFactory(shopRouter)(shop.context());
  const { accessToken } = referTo(shop.services, orderId);
  const { returnUntil } = await orders.aftercare({ orderId, accessToken });
  const page = await orders.byId({ orderId, accessToken });
  const days = `${arrivalWords(expectedArrival(page, readDispatchRule()))}.`;
  const bodies = (await mailsOf(orderId)).map(({ body }) => body).toSorted();
  expect(bodies).toEqual([
    expect.stringMatching(`^Meadow Post has it now.*\\n${days}`),
    expect.stringContaining(`${days}\nWe write again`),
  ]);
  const [day, time] = [formatDay(new Date(returnUntil ?? "")), returnUntil?.slice(11, 16)];
  expect(bodies[0]).toContain(`send it back until ${day}, ${time} UTC:`);
});

it("a replay of everything sends nothing again, with the inbox and even without it", async () => {
  const orderId = await settledOrder("tok_visa");
  const count = async () => (await shop.database.query(sql`SELECT FROM mail_messages`)).length;
  const before = await count();
  await shop.database.query(sql`UPDATE consumer_checkpoints SET position = 0 WHERE consumer = 'mail'`);
  await shop.settle(createTestGateway());
  expect(await count()).toBe(before);
  await shop.database.query(sql`DELETE FROM processed_events WHERE consumer = 'mail'`);
  await shop.database.query(sql`UPDATE consumer_checkpoints SET position = 0 WHERE consumer = 'mail'`);
  await shop.settle(createTestGateway());
  expect([await count(), (await mailsOf(orderId)).length]).toEqual([before, 1]);
  const letters = await shop.database.query(sql`SELECT FROM dead_letters WHERE stream_id = ${`order-${orderId}`}`);
  expect(letters).toEqual([]);
});

it("an order whose mail cannot be sent is confirmed all the same, and the mails of others go out", async () => {
  const { send } = localInbox(shop.services.keyring);
  const refusing = {
    send: (tx: SqlExecutor, mail: Parameters<typeof send>[1]) =>
      mail.body.includes("Lamp") ? Promise.reject(new Error("550 no")) : send(tx, mail),
  };
  const placed = [];
  for (const sku of [SKUS.lamp, SKUS.mug])
    placed.push(await placeOrder(shop.context(), orderInput({ lines: [{ sku, quantity: 1 }] })));
  await shop.settle(createTestGateway(), refusing);
  const [lamp, mug] = placed.map((answer) => answer.orderId);
  const statuses = await shop.database.query<{ status: string }>(
    sql`SELECT status FROM orders WHERE id IN (${lamp}, ${mug})`,
  );
  expect(statuses).toEqual([{ status: "confirmed" }, { status: "confirmed" }]);
  expect([(await mailsOf(lamp ?? "")).length, (await mailsOf(mug ?? "")).length]).toEqual([0, 1]);
  const letters = await shop.database.query<{ consumer: string; error: string }>(sql`
    SELECT consumer, error FROM dead_letters WHERE stream_id = ${`order-${lamp}`} AND status = 'retrying'`);
  expect(letters).toMatchObject([{ consumer: "mail", error: expect.stringContaining("550 no") }]);
});

it("the inbox shows a mail as it is delivered, and outside the local environment without what opens the order", async () => {
  const orderId = await settledOrder("tok_visa");
  const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  const id = (await mailsOf(orderId))[0]?.id ?? "";
  const { html } = await viewer.mail.html({ id });
  expect(html).toContain("1 x Mug");
  expect(html).toContain(`/orders/${orderId}?token=...`);
  expect((await viewer.mail.list()).items[0]).not.toHaveProperty("parts");
  await expect(viewer.mail.html({ id: "999999" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("the inbox is for the merchant, newest first", async () => {
  await settledOrder("tok_visa");
  const asRole = (role: "viewer" | "shopper") =>
    createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role } }));
  const { items } = await asRole("viewer").mail.list({ limit: 2 });
  const ids = items.map(({ id }) => Number(id));
  expect(ids).toEqual(ids.toSorted((one, other) => other - one));
  await expect(asRole("shopper").mail.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
});
