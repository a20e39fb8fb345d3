/** What is kept of persons goes when its time is over, and not a day before. */
import { isRefusal } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createTestGateway, createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { personalRetention } from "./retention.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

async function anOrder(daysAgo: number, isOver = true): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput());
  if (isRefusal(placed)) throw new Error(placed.message);
  await shop.settle(createTestGateway());
  if (isOver) await shop.ship(createTestGateway());
  const ago = sql`now() - ${daysAgo} * interval '1 day'`;
  await shop.database.query(sql`
    UPDATE orders SET placed_at = ${ago}, updated_at = ${ago} WHERE id = ${placed.orderId}`);
  await shop.database.query(sql`UPDATE mail_messages SET sent_at = ${ago} WHERE order_id = ${placed.orderId}`);
  return placed.orderId;
}

async function kept(orderId: string): Promise<{ email: string | null; address: object; mails: number }> {
  const [row] = await shop.database.query<{ email: string | null; address: object; mails: number }>(sql`
    SELECT email, shipping_address AS address, (SELECT count(*)::int FROM mail_messages WHERE order_id = orders.id) AS mails
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
  for (const prune of personalRetention({ mailDays: 90, orderDetailsDays: 365 })) await prune(shop.database);
  const { email, shippingAddress: address } = orderInput();
  expect(await kept(fresh)).toEqual({ email, address, mails: 2 });
  expect(await kept(middle)).toEqual({ email, address, mails: 0 });
  expect(await kept(old)).toEqual({ email: null, address: {}, mails: 0 });
  expect(await kept(underWay)).toMatchObject({ email, address });
});

it("sessions that have expired go, others stay", async () => {
  await shop.database.query(sql`INSERT INTO auth_users (id, name, email) VALUES ('ines', 'Ines', 'ines@example.com')`);
  await shop.database.query(sql`
    INSERT INTO auth_sessions (id, user_id, token, expires_at) VALUES
      ('over', 'ines', 'a', now() - interval '1 second'), ('open', 'ines', 'b', now() + interval '1 hour')`);
  for (const prune of personalRetention({ mailDays: 90, orderDetailsDays: 365 })) await prune(shop.database);
  expect(await shop.database.query(sql`SELECT id FROM auth_sessions`)).toEqual([{ id: "open" }]);
});
