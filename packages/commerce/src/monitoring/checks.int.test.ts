/** Each check of the shop with its incident, made in the database. */
import { systemScheduler, createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { askChecks } from "@tillstream/eventing/testing";
import { expect, it } from "vitest";
import { readHeartbeat } from "../analytics/index.ts";
import { placeOrder } from "../checkout/index.ts";
import { describeChecks } from "../describe-deployment.ts";
import { countGatewayCalls, gatewayWatch, PaymentUnavailableError } from "../payment/index.ts";
import type { PaymentGateway } from "../payment/index.ts";
import { createTestGateway, createTestShop, orderInput } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { busCheck, cacheCheck } from "./process-checks.ts";

const checks = describeChecks();

/** What a check says of its one subject. */
async function says(db: Database, name: string) {
  const answer = (await askChecks(db, checks)).get(name);
  if (answer === undefined || "problem" in answer) return expect.fail(`${name}: ${answer?.problem}`);
  const { threshold = 0 } = checks.find((check) => check.name === name) ?? {};
  const [{ value, detail } = expect.fail(`${name} says nothing`)] = answer.readings;
  return { wrong: value !== null && value > threshold, value, detail };
}

async function place(shop: TestShop, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await placeOrder(shop.context(), orderInput());
}

it("an empty shop has no order yet, and nothing is wrong with that", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  expect(await says(db, "completions-stalled")).toEqual({ wrong: false, value: 0, detail: "no order yet" });
  const { minutes, ...rest } = await readHeartbeat(db, 30);
  expect(minutes).toHaveLength(30);
  expect(minutes.every(({ placed, completed, cancelled }) => placed + completed + cancelled === 0)).toBe(true);
  expect(rest).toMatchObject({ lastPlacedAt: null, lastCompletedAt: null });
});

it("orders are placed and none is completed", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  await place(shop, 1);
  await shop.settle(createTestGateway());
  await place(shop, 3);
  expect(await says(db, "completions-stalled")).toMatchObject({ wrong: false });
  await db.query(sql`UPDATE orders SET placed_at = placed_at - interval '30 s' WHERE status = 'pending'`);
  // They were placed before the last completion, which came 30 s too early for them.
  expect(await says(db, "completions-stalled")).toMatchObject({ wrong: false });
  await db.query(sql`ALTER TABLE event_log DISABLE TRIGGER event_log_append_only`);
  await db.query(sql`UPDATE event_log SET recorded_at = recorded_at - interval '1 minute'`);
  expect(await says(db, "completions-stalled")).toMatchObject({
    wrong: true,
    detail: "3 placed since the last completion",
  });
  await db.query(sql`UPDATE orders SET status = 'cancelled', cancel_reason = 'UNAVAILABLE' WHERE status = 'pending'`);
  expect(await says(db, "completions-stalled")).toMatchObject({ wrong: true });
  await db.query(sql`UPDATE orders SET cancel_reason = 'CARD_DECLINED' WHERE status = 'cancelled'`);
  expect(await says(db, "completions-stalled")).toMatchObject({ wrong: false });
});

it("the heartbeat counts what was placed, completed and cancelled, also while nothing is published, and no order that asks for a person as completed", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  const now = async () => {
    const { minutes, ...rest } = await readHeartbeat(db, 3);
    const sum = (of: "placed" | "completed" | "cancelled") => minutes.reduce((all, minute) => all + minute[of], 0);
    return { placed: sum("placed"), completed: sum("completed"), cancelled: sum("cancelled"), ...rest };
  };
  await place(shop, 2);
  expect(await now()).toMatchObject({ placed: 2, completed: 0, cancelled: 0, lastCompletedAt: null });
  await shop.settle(createTestGateway());
  await placeOrder(shop.context(), orderInput({ payment: { method: "card", token: "tok_chargeDeclined" } }));
  await shop.settle(createTestGateway());
  expect(await now()).toMatchObject({ placed: 3, completed: 2, cancelled: 1, lastCompletedAt: expect.any(String) });
  await db.query(sql`
    UPDATE order_view SET status = 'attention' WHERE order_id = (SELECT min(order_id) FROM order_view WHERE status = 'confirmed')`);
  expect(await now()).toMatchObject({ placed: 3, completed: 1, cancelled: 1 });
});

const AWAY = new PaymentUnavailableError("the gateway did not answer");

/** A gateway that is away until it is back. */
function switchable(): PaymentGateway & { isAway: boolean } {
  const gateway = createTestGateway();
  const switched = {
    ...gateway,
    isAway: false,
    findCapture: (chargeId: string, signal: AbortSignal) =>
      switched.isAway ? Promise.reject(AWAY) : gateway.findCapture(chargeId, signal),
  };
  return switched;
}

it("a gateway that fails, which is noticed also while nobody pays", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  expect(await says(db, "gateway-errors")).toMatchObject({
    value: null,
    detail: "nobody has asked it in the last minute",
  });
  const gateway = switchable();
  const watch = gatewayWatch(countGatewayCalls(gateway));
  const ports = {
    db,
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    signal: new AbortController().signal,
  };
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) await watch.turn(ports);
  };
  await turns(1);
  expect(await says(db, "gateway-errors")).toMatchObject({
    value: 0,
    detail: "0 of 1 calls failed in the last minute",
  });
  gateway.isAway = true;
  await turns(5);
  expect(await says(db, "gateway-errors")).toMatchObject({ wrong: false });
  await turns(10);
  expect(await says(db, "gateway-errors")).toMatchObject({
    wrong: true,
    detail: "3 of 4 calls failed in the last minute: the gateway did not answer",
  });
});

it("a reconciliation that no longer ends well", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  expect(await says(db, "reconciliation-stale")).toMatchObject({ wrong: false, detail: "no run has ended yet" });
  const run = (id: string, minutes: number, error: string | null) =>
    db.query(sql`
      INSERT INTO reconciliation_runs (id, trigger, requested_by, requested_at, started_at, finished_at, error)
      SELECT ${id}, 'schedule', 'system', at, at, at, ${error} FROM (SELECT now() - ${minutes} * interval '1 minute' AS at) time`);
  await run("good", 3, null);
  await run("bad", 1, "the gateway did not answer");
  expect(await says(db, "reconciliation-stale")).toMatchObject({
    wrong: false,
    detail: "the last run failed: the gateway did not answer",
  });
  await db.query(sql`UPDATE reconciliation_runs SET finished_at = now() - interval '6 minutes' WHERE id = 'good'`);
  expect(await says(db, "reconciliation-stale")).toMatchObject({ wrong: true });
  await db.query(sql`DELETE FROM reconciliation_runs WHERE id = 'good'`);
  await db.query(sql`UPDATE reconciliation_runs SET requested_at = now() - interval '6 minutes'`);
  expect(await says(db, "reconciliation-stale")).toMatchObject({ wrong: true });
});

it("mails wait for nobody while there is no server", async () => {
  await using shop = await createTestShop();
  expect(await says(shop.database, "mail-waits")).toMatchObject({
    wrong: false,
    detail: expect.stringContaining("inbox"),
  });
});

it("each process reports a Redis or Kafka that it cannot reach; the bus in Postgres has no check of its own", async () => {
  const redis = cacheCheck({ health: async () => "down" }, "console");
  const kafka = busCheck({ name: "kafka", health: async () => "no broker answers" });
  const answers = await askChecks({ query: async () => [] }, [redis, ...kafka]);
  expect(answers.get("redis-console")).toMatchObject({
    readings: [{ value: 1, detail: expect.stringContaining("Redis gives the console no answer") }],
  });
  expect(answers.get("kafka")).toEqual({ readings: [{ subject: "", value: 1, detail: "no broker answers" }] });
  expect(busCheck({ name: "postgres", health: async () => "ok" })).toEqual([]);
});
