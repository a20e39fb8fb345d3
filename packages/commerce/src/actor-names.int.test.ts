/** The console calls people by their names, wherever it says who did something. */
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeOrder } from "./checkout/index.ts";
import { adminRouter } from "./routers.ts";
import { createTestGateway, createTestShop, orderInput } from "./testing/index.ts";
import type { TestShop } from "./testing/index.ts";

const nora: SessionUser = { id: "nora", email: "nora@example.com", name: "Nora", role: "operator" };
const byNora = { actor: "user:nora", actorName: "Nora" };
const reason = "a test";

let shop: TestShop;
let streamId: string;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES (${nora.id}, ${nora.name}, ${nora.email}, 'operator')`);
  const { orderId } = await placeOrder(shop.context({ user: nora }), orderInput());
  await shop.settle(createTestGateway());
  streamId = `order-${orderId}`;
});
afterAll(() => shop[Symbol.asyncDispose]());

const asNora = () => createCallerFactory(adminRouter)(shop.context({ user: nora }));

it("an event says the name of the login that caused it, and none for a saga", async () => {
  const { items } = await asNora().events.list({ streamId });
  const named = items.map(({ metadata, actorName }) => ({ actor: metadata.actor, actorName }));
  expect(named).toContainEqual(byNora);
  expect(named).toContainEqual({ actor: "saga:checkout", actorName: null });
  expect(await asNora().events.byId({ eventId: `${streamId}:1` })).toMatchObject({ actorName: "Nora" });
  expect((await asNora().streams.read({ streamId })).events[0]).toMatchObject({ actorName: "Nora" });
});

it.each(["projections", "consumers"] as const)("of %s the paused says who paused it, and why", async (kind) => {
  const caller = asNora()[kind];
  const name = kind === "projections" ? "order_view" : "shipping";
  const paused = async () => (await caller.list()).find((each) => each.name === name)?.paused;
  expect(await paused()).toBeNull();
  await caller.pause({ name, reason });
  expect(await paused()).toMatchObject({ ...byNora, reason });
  await caller.resume({ name, reason });
  expect(await paused()).toBeNull();
});

it("a rebuild, a retry and what was done about a dead letter say who did it", async () => {
  await asNora().projections.rebuild({ name: "order_view", reason });
  expect(await asNora().projections.rebuilds()).toMatchObject([byNora]);
  const [letter] = await shop.database.query<{ id: number }>(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, attempts)
    SELECT 'analytics', event_id, type, stream_id, 1, 'it broke', 5 FROM events WHERE event_id = ${`${streamId}:1`} RETURNING id`);
  const id = String(letter?.id);
  await asNora().deadLetters.retry({ id, reason });
  expect(await asNora().deadLetters.retries()).toMatchObject([byNora]);
  expect((await asNora().deadLetters.byId({ id })).actions).toMatchObject([byNora]);
});

it("what was done to a run says who did it", async () => {
  const sagaId = `checkout:${streamId.slice("order-".length)}`;
  await shop.database.query(sql`
    INSERT INTO saga_actions (saga_id, action, step, actor, reason) VALUES (${sagaId}, 'retryStep', 'charge', 'user:nora', ${reason})`);
  expect((await asNora().sagas.byId({ sagaId })).actions).toMatchObject([byNora]);
});

it("who has no login any more has no name", async () => {
  await shop.database.query(sql`DELETE FROM auth_users WHERE id = ${nora.id}`);
  expect(await asNora().deadLetters.retries()).toMatchObject([{ ...byNora, actorName: null }]);
});
