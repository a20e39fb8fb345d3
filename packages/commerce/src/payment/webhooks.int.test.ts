import { createHmac } from "node:crypto";
import { createTestDatabase } from "@tillstream/db/testing";
import { cutWaits } from "@tillstream/eventing";
import { createLogger, manualClock, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { simulatedWebhooks } from "./simulated-webhooks.ts";
import { createWebhookCounter, readWebhookCounts } from "./webhook-counts.ts";
import { storeWebhook, takeWebhooks, WEBHOOK_WAIT } from "./webhook-inbox.ts";
import { receiveWebhook } from "./webhooks.ts";

const SECRET = "whsec_for_the_tests_only";
const NOW = new Date("2026-11-24T12:00:00Z");

function signed(body: string, { secret = SECRET, at = NOW } = {}): Request {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const digest = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return post(body, `t=${timestamp},v1=${digest}`);
}

function post(body: string, signature: string): Request {
  const headers = { "tillstream-signature": signature };
  return new Request("http://shop/api/webhooks/payments", { method: "POST", body, headers });
}

const event = (id: string, type = "charge.succeeded") =>
  JSON.stringify({
    id,
    type,
    createdAt: NOW.toISOString(),
    data: { id: "ch_1", orderId: "o1", chargeId: "ch_1", amount: 1 },
  });

function openDoor(db: SqlExecutor) {
  const counter = createWebhookCounter(db);
  const logger = createLogger("test", "silent");
  const door = { db, source: simulatedWebhooks(SECRET), counter, clock: manualClock(NOW), logger };
  return { counter, receive: async (request: Request) => (await receiveWebhook(door, request)).status };
}

const storedIds = async (db: SqlExecutor) =>
  (await db.query<{ id: string }>(sql`SELECT id FROM payment_webhooks ORDER BY id`)).map(({ id }) => id);

it("a signed webhook is stored before it is answered, with ids only", async () => {
  await using test = await createTestDatabase();
  const { receive } = openDoor(test.database);
  expect(await receive(signed(event("evt_1")))).toBe(200);
  const rows = await test.database.query(sql`
    SELECT id, type, charge_id, order_id, payload, processed_at FROM payment_webhooks`);
  const ids = { id: "evt_1", type: "charge.succeeded", chargeId: "ch_1", orderId: "o1" };
  expect(rows).toEqual([
    { id: "evt_1", type: "charge.succeeded", charge_id: "ch_1", order_id: "o1", payload: ids, processed_at: null },
  ]);
});

it("duplicates, also at once, are answered 200 and stored once", async () => {
  await using test = await createTestDatabase();
  const { counter, receive } = openDoor(test.database);
  const statuses = await Promise.all(Array.from({ length: 5 }, () => receive(signed(event("evt_1")))));
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(await storedIds(test.database)).toEqual(["evt_1"]);
  await counter.flushed();
  const counts = await readWebhookCounts(test.database);
  expect([counts.get("accepted"), counts.get("duplicate")]).toEqual([1, 4]);
});

it.each([
  ["of another secret", () => signed(event("evt_1"), { secret: "whsec_of_somebody_else" }), "forged", 401],
  ["without a signature", () => post(event("evt_1"), ""), "forged", 401],
  ["whose signature is not hex", () => post(event("evt_1"), "t=1,v1=zz"), "forged", 401],
  [
    "over another body",
    () => post(event("evt_2"), signed(event("evt_1")).headers.get("tillstream-signature") ?? ""),
    "forged",
    401,
  ],
  ["from six minutes ago", () => signed(event("evt_1"), { at: new Date(NOW.getTime() - 6 * 60_000) }), "expired", 401],
  [
    "from six minutes ahead",
    () => signed(event("evt_1"), { at: new Date(NOW.getTime() + 6 * 60_000) }),
    "expired",
    401,
  ],
  ["that is not JSON", () => signed("{"), "malformed", 400],
  ["of an unknown type", () => signed(event("evt_1", "card.stolen")), "malformed", 400],
  ["with an id that no text may be", () => signed(event("evt_\u0000")), "malformed", 400],
  ["of 70 kB", () => signed(" ".repeat(70_000)), "oversized", 413],
] as const)("a webhook %s is refused, counted, and not stored", async (_, request, outcome, status) => {
  await using test = await createTestDatabase();
  const { counter, receive } = openDoor(test.database);
  expect(await receive(request())).toBe(status);
  await counter.flushed();
  expect((await readWebhookCounts(test.database)).get(outcome)).toBe(1);
  expect(await storedIds(test.database)).toEqual([]);
});

it("two signatures, while a secret is changed, are enough when one fits", async () => {
  await using test = await createTestDatabase();
  const { receive } = openDoor(test.database);
  const header = signed(event("evt_1")).headers.get("tillstream-signature") ?? "";
  const both = header.replace(",v1=", `,v1=${"0".repeat(64)},v1=`);
  expect(await receive(post(event("evt_1"), both))).toBe(200);
});

it("what cannot be stored is answered 503, so that it is sent again", async () => {
  const away: SqlExecutor = { query: () => Promise.reject(new Error("the database is away")) };
  expect(await openDoor(away).receive(signed(event("evt_1")))).toBe(503);
});

it("a flood of forged ones is counted in few statements, none lost", async () => {
  await using test = await createTestDatabase();
  let statements = 0;
  const counting: SqlExecutor = {
    query(statement) {
      statements += 1;
      return test.database.query(statement);
    },
  };
  const { counter, receive } = openDoor(counting);
  await Promise.all(Array.from({ length: 500 }, () => receive(post(event("evt_1"), "t=1,v1=00"))));
  await counter.flushed();
  expect((await readWebhookCounts(test.database)).get("forged")).toBe(500);
  expect(statements).toBeLessThan(100);
});

it("a stored webhook is taken up by one worker", async () => {
  await using test = await createTestDatabase();
  const { receive } = openDoor(test.database);
  await receive(signed(event("evt_1")));
  const taken = await Promise.all([takeWebhooks(test.database, 10), takeWebhooks(test.database, 10)]);
  expect(taken.flat()).toHaveLength(1);
});

it("a webhook that waits since before the database's clock went back is taken up", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await storeWebhook(db, { id: "evt_1", type: "charge.succeeded", chargeId: "ch_1", orderId: "o1" });
  await db.query(sql`UPDATE payment_webhooks SET run_at = now() + interval '1 hour'`);
  expect(await cutWaits(db, [WEBHOOK_WAIT])).toBe(1);
  expect(await takeWebhooks(db, 1)).toMatchObject([{ id: "evt_1" }]);
});
