/** What staff note about an order: who sees it, who takes it back, and when it goes. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { personalData } from "../modules.ts";
import { adminRouter } from "../routers.ts";
import { createFulfilment } from "../testing/index.ts";
import type { Fulfilment } from "../testing/index.ts";
import { finishErasures } from "../customer/index.ts";
import { forgetOldOrders } from "./personal-data.ts";

const rosa: SessionUser = { id: "rosa", email: "rosa@example.com", name: "Rosa", role: "admin" };
const omar: SessionUser = { id: "omar", email: "omar@example.com", name: "Omar", role: "operator" };

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
  for (const { id, name, email, role } of [rosa, omar])
    await fulfilment.shop.database.query(
      sql`INSERT INTO auth_users (id, name, email, role) VALUES (${id}, ${name}, ${email}, ${role})`,
    );
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

const as = (user: SessionUser) => createCallerFactory(adminRouter)(fulfilment.shop.context({ user }));
const notesOf = async (orderId: string) => (await as(rosa).orders.byId({ orderId })).notes;
const told = async (orderId: string) => (await notesOf(orderId)).map(({ text }) => text);

it("a note has its author's name and its time, and its author alone takes it back", async () => {
  const orderId = await fulfilment.confirmed();
  await as(omar).orders.addNote({ orderId, text: "Ines called: leave it at 3 Street" });
  const { noteId } = await as(rosa).orders.addNote({ orderId, text: "done" });
  expect(await notesOf(orderId)).toMatchObject([
    { text: "Ines called: leave it at 3 Street", author: "Omar", isOwn: false, at: expect.any(String) },
    { text: "done", author: "Rosa", isOwn: true },
  ]);
  await expect(as(omar).orders.removeNote({ orderId, noteId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await as(rosa).orders.removeNote({ orderId, noteId });
  expect(await told(orderId)).toHaveLength(1);
});

it("no event, no audit and no page of the shop has what a note says", async () => {
  const { shop, confirmed } = fulfilment;
  const orderId = await confirmed();
  await as(omar).orders.addNote({ orderId, text: "a difficult customer" });
  const kept = await shop.database.query(sql`
    SELECT data::text FROM events UNION ALL SELECT concat_ws(' ', reason, before, after) FROM audit
    UNION ALL SELECT response::text FROM idempotency_keys`);
  expect(JSON.stringify(kept)).not.toContain("difficult");
});

it("an erasure takes the notes with the address, an order under way keeps both until it has left", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const [left, underWay] = [
    await confirmed({ email: "gone@example.com" }),
    await confirmed({ email: "gone@example.com" }),
  ];
  await shop.database.query(sql`UPDATE orders SET customer_id = NULL WHERE id = ANY(${[left, underWay]}::text[])`);
  await shop.database.query(sql`UPDATE shipments SET due_at = now() + interval '1 day' WHERE order_id = ${underWay}`);
  await shop.ship(gateway);
  for (const orderId of [left, underWay]) await as(omar).orders.addNote({ orderId, text: "lives behind the mill" });
  const customerId = `guest-${left}`;
  expect((await as(rosa).customers.export({ customerId })).data["orderNotes"]).toMatchObject([
    { orderId: left, text: "lives behind the mill" },
    { orderId: underWay },
  ]);
  await as(rosa).customers.erase({ customerId, reason: "asked for it" });
  expect([await told(left), await told(underWay)]).toEqual([[], ["lives behind the mill"]]);
  await expect(as(omar).orders.addNote({ orderId: left, text: "x" })).rejects.toMatchObject({ code: "CONFLICT" });
  await shop.database.query(sql`UPDATE shipments SET due_at = now() WHERE order_id = ${underWay}`);
  await shop.ship(gateway);
  await finishErasures(shop.database, personalData);
  expect(await told(underWay)).toEqual([]);
});

it("the time after which an order forgets its customer is over for its notes, too", async () => {
  const { shop, gateway, confirmed } = fulfilment;
  const orderId = await confirmed();
  await shop.ship(gateway);
  await as(omar).orders.addNote({ orderId, text: "rang twice" });
  await shop.database.query(sql`
    UPDATE orders SET placed_at = now() - interval '9 days', updated_at = now() - interval '9 days' WHERE id = ${orderId}`);
  expect(await forgetOldOrders(shop.database, 8)).toBe(1);
  expect(await told(orderId)).toEqual([]);
});
