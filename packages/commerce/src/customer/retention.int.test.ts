/** What is kept of persons goes when its time is over, and not a day before. */
import { executeIn } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountAggregate } from "../account/index.ts";
import { placeOrder } from "../checkout/index.ts";
import { createTestGateway, createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { registerCustomer } from "./index.ts";
import { idlePorts } from "../describe-deployment.ts";
import { modules } from "../modules.ts";

const KEPT = { ...idlePorts(), mailDays: 90, orderDetailsDays: 365, mailsConfirm: true };

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

async function deleteAll(ports: typeof KEPT): Promise<void> {
  for (const one of modules.flatMap((module) => module.deletions(ports))) await one(shop.database);
}

const CARD = { brand: "Visa", lastFour: "4242" } as const;

async function anOrder(daysAgo: number, isOver = true): Promise<string> {
  const placed = await placeOrder(
    shop.context(),
    orderInput({ payment: { method: "card", token: "tok_visa", card: CARD } }),
  );
  await shop.settle(createTestGateway());
  if (isOver) await shop.ship(createTestGateway());
  const ago = sql`now() - ${daysAgo} * interval '1 day'`;
  await shop.database.query(sql`
    UPDATE orders SET placed_at = ${ago}, updated_at = ${ago} WHERE id = ${placed.orderId}`);
  await shop.database.query(sql`UPDATE mail_messages SET sent_at = ${ago} WHERE order_id = ${placed.orderId}`);
  return placed.orderId;
}

interface Kept {
  readonly email: string | null;
  readonly address: object;
  readonly card: object | null;
  readonly mails: number;
}

async function kept(orderId: string): Promise<Kept> {
  const [row] = await shop.database.query<Kept>(sql`
    SELECT email, shipping_address AS address, card, (SELECT count(*)::int FROM mail_messages WHERE order_id = orders.id) AS mails
    FROM orders WHERE id = ${orderId}`);
  return row ?? expect.fail();
}

it("mails and the addresses of orders that are over go after their days; what is under way keeps its own", async () => {
  const [fresh, middle, old, underWay] = [
    await anOrder(89),
    await anOrder(91),
    await anOrder(400),
    await anOrder(400, false),
  ];
  await deleteAll(KEPT);
  const { email, shippingAddress: address } = orderInput();
  expect(await kept(fresh)).toEqual({ email, address, card: CARD, mails: 2 });
  expect(await kept(middle)).toEqual({ email, address, card: CARD, mails: 0 });
  expect(await kept(old)).toEqual({ email: null, address: {}, card: null, mails: 0 });
  expect(await kept(underWay)).toMatchObject({ email, address });
});

it("sessions that have expired go, others stay", async () => {
  await shop.database.query(sql`INSERT INTO auth_users (id, name, email) VALUES ('ines', 'Ines', 'ines@example.com')`);
  await shop.database.query(sql`
    INSERT INTO auth_sessions (id, user_id, token, expires_at) VALUES
      ('over', 'ines', 'a', now() - interval '1 second'), ('open', 'ines', 'b', now() + interval '1 hour')`);
  await deleteAll(KEPT);
  expect(await shop.database.query(sql`SELECT id FROM auth_sessions`)).toEqual([{ id: "open" }]);
});

it("accounts that nobody confirmed for a month go where mails confirm, others and those that hold something stay", async () => {
  await shop.database.query(sql`DELETE FROM auth_users`);
  const accounts = ["old", "young", "confirmed", "used", "ordered", "credited"];
  for (const id of accounts) {
    const age = id === "young" ? 29 : 31;
    await shop.database.query(sql`
      INSERT INTO auth_users (id, name, email, email_verified, created_at)
      VALUES (${id}, 'Ines', ${`${id}@example.com`}, ${id === "confirmed"}, now() - ${age} * interval '1 day')`);
    await registerCustomer(shop.database, { id, name: "Ines", email: `${id}@example.com` });
  }
  await shop.database.query(sql`
    INSERT INTO auth_sessions (id, user_id, token, expires_at) VALUES ('s', 'used', 's', now() + interval '1 hour')`);
  await shop.database.query(sql`
    UPDATE orders SET customer_id = 'ordered' WHERE id = (SELECT min(id) FROM orders)`);
  const metadata = { correlationId: "credit", causationId: "credit", actor: "user:credited" };
  const open = { type: "open", accountId: "credited", currency: "USD" } as const;
  await executeIn(shop.database, accountAggregate, "credited", open, metadata);
  const left = () =>
    shop.database.query<{ id: string }>(sql`
    SELECT id FROM auth_users WHERE id IN (SELECT id FROM customers) ORDER BY id`);
  await deleteAll({ ...KEPT, mailsConfirm: false });
  expect(await left()).toHaveLength(accounts.length);
  await deleteAll(KEPT);
  expect((await left()).map(({ id }) => id)).toEqual(["confirmed", "credited", "ordered", "used", "young"]);
});
