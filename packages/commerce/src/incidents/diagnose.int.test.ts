/** Each incident made in the database, and whether what is told of it names its cause, whom it hits, and what to do. */
import { placeOrder } from "../checkout/index.ts";
import { UNREACHABLE_CITY } from "../shipping/index.ts";
import { createTestGateway, createTestShop, orderInput, shopper } from "../testing/index.ts";
import { watchOnce } from "@tillstream/eventing";
import { createCallerFactory } from "@tillstream/trpc";
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { afterEach, expect, it, vi } from "vitest";
import { adminRouter } from "../routers.ts";
import { diagnose } from "./diagnose.ts";
import { beatsAgo, checks, gatewayFailed, look, shopAtWork } from "./testing/at-work.ts";

afterEach(() => void vi.unstubAllEnvs());

it("nothing is wrong in a shop at work", async () => {
  await using shop = await shopAtWork();
  expect((await look(shop.database)).findings).toEqual([]);
});

it("a worker that is gone: what waits for it, and that what follows is no matter of its own", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  const [order] = await db.query<{ total: number }>(sql`SELECT total FROM orders WHERE status = 'pending'`);
  await beatsAgo(db, 60);
  await db.query(sql`UPDATE outbox_events SET created_at = now() - interval '1 minute' WHERE NOT published`);
  const { findings } = await look(db);
  expect(findings).toMatchObject([
    {
      check: "no-worker",
      orders: 1,
      money: [{ amount: order?.total, currency: "USD" }],
      cause: expect.stringContaining("The worker has stopped or is frozen"),
      follows: expect.arrayContaining([expect.objectContaining({ what: "The relay publishes nothing" })]),
    },
  ]);
});

it("a last worker that somebody drained: who, and why; the step is to resume it", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 60);
  await db.query(sql`
    INSERT INTO workers (id, version, host, pid, runs, drained_by, drain_reason, drain_asked_at, drained_at)
    VALUES ('worker-1', '1', 'here', 1, '{relay}', 'Omar', 'a new disk', now(), now())`);
  const [finding = expect.fail("nothing is wrong"), ...others] = (await look(db)).findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    check: "no-worker",
    cause: expect.stringMatching(
      /^Omar drained worker-1 at .+ UTC, and no other worker is running: .+ The reason: a new disk$/,
    ),
    action: { path: "/workers", step: { procedure: "workers.resume", input: { worker: "worker-1" } } },
  });
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  await operator.workers.resume({ worker: "worker-1", reason: "the disk is in" });
  expect((await look(db)).findings).toMatchObject([{ check: "no-worker", action: { step: null } }]);
});

it("a relay that holds its lease and publishes nothing", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 0);
  await db.query(sql`UPDATE outbox_events SET created_at = now() - interval '1 minute' WHERE NOT published`);
  const lease = (until: Sql) =>
    db.query(sql`
      INSERT INTO relay_leases (partition, owner, epoch, expires_at) VALUES (0, 'worker-1', 7, ${until})
      ON CONFLICT (partition) DO UPDATE SET owner = 'worker-1', epoch = 7, expires_at = ${until}`);
  await lease(sql`now() + interval '1 minute'`);
  const { findings } = await look(db);
  expect(findings).toMatchObject(
    [{ check: "outbox-age", orders: 1, cause: /has its lease and publishes nothing/ }].map(asText),
  );
  expect(findings[0]?.evidence).toContainEqual({ says: "worker-1 holds the relay's lease (epoch 7)", path: "/outbox" });
  await lease(sql`now() - interval '1 minute'`);
  expect((await look(db)).findings).toMatchObject([{ cause: expect.stringContaining("no process holds the lease") }]);
});

const asText = <Expected extends { cause: RegExp }>({ cause, ...expected }: Expected) => ({
  ...expected,
  cause: expect.stringMatching(cause),
});

it("a gateway that is away: its orders, those that were given up since, and its own words", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 0);
  await gatewayFailed(db, 9);
  const { findings } = await look(db);
  expect(findings.find(({ check }) => check === "gateway-errors")).toMatchObject({
    orders: 1,
    cause: "The payment gateway does not answer as it should: the gateway did not answer",
    action: { path: "/sagas?status=running", step: null },
  });
});

it("a charge that a busy worker was late to write down was answered; one that timed out or was asked for again was not", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 0);
  await gatewayFailed(db, 9);
  await db.query(sql`
    INSERT INTO payment_webhooks (id, type, charge_id, order_id, payload, received_at)
    SELECT 'told', 'charge.succeeded', 'ch_1', subject, '{}', now() - interval '20 seconds' FROM sagas WHERE status = 'running'`);
  const cause = async (status: string, attempt: number) => {
    await db.query(sql`
      UPDATE saga_steps SET status = ${status}, attempt = ${attempt}, started_at = now(), finished_at = now() WHERE step = 'charge'`);
    return (await look(db)).findings.find(({ check }) => check === "gateway-errors")?.cause;
  };
  expect(await cause("completed", 1)).toContain("The payment gateway does not answer as it should");
  expect(await cause("completed", 2)).toContain("takes the money and does not answer");
  expect(await cause("unknown", 1)).toContain("takes the money and does not answer");
});

it("a projection that somebody paused: who, why, and the button that resumes it, with what it would do", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  const caller = createCallerFactory(adminRouter);
  const operator = caller(shop.context({ user: { ...shopper, role: "operator" } }));
  await operator.projections.pause({ name: "order_view", reason: "looking at a row" });
  await beatsAgo(db, 0);
  await db.query(sql`
    INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at, fired_at)
    VALUES ('order_view', 'firing', 5, 60, now(), now())`);
  const [finding = expect.fail("nothing is wrong")] = (await look(db)).findings;
  expect(finding).toMatchObject({
    check: "projection-lag",
    subject: "order_view",
    orders: 1,
    cause: expect.stringMatching(/^It is paused, and \d+ events? waits?\.$/),
    lastChange: { action: "projections.pause", subject: "order_view", reason: "looking at a row" },
    action: {
      path: "/projections/order_view",
      step: { procedure: "projections.resume", input: { name: "order_view" } },
    },
  });
  expect(finding.action.step?.dryRun).toMatch(/^would read the (event that waits|\d+ events that wait, in order)$/);
  expect(await operator.incidents.byId({ id: finding.id })).toEqual(finding);
  await operator.projections.resume({ name: "order_view", reason: "seen" });
  expect((await operator.incidents.byId({ id: finding.id })).action.step).toBeNull();
});

it("events that one consumer cannot take: how many would pass a retry, and how many break the schema", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 0);
  await db.query(sql`
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts, edited_data, edited_version)
    SELECT 'mail', event_id, type, stream_id, position, 'TypeError: no such template', 'f', 5, CASE WHEN position = first THEN '{}'::jsonb END, CASE WHEN position = first THEN 1 END
    FROM (SELECT *, min(position) OVER () AS first FROM event_log JOIN events USING (event_id, type, stream_id) WHERE type = 'OrderCreated') event`);
  const [finding = expect.fail("nothing is wrong")] = (await look(db)).findings;
  expect(finding).toMatchObject({
    check: "dead-letters",
    subject: "mail",
    orders: 2,
    cause: expect.stringMatching(/^Delivery to mail fails at OrderCreated: TypeError: no such template \(2 since \d/),
    action: { step: { procedure: "deadLetters.retry", input: { consumer: "mail" } } },
  });
  expect(finding.action.step?.dryRun).toContain("would retry 2");
  expect(finding.action.step?.dryRun).toContain("1 of the 2 that were read would fail the schema");
});

it("runs that halted: at which step and why, whom it hits, and a retry of them with what it would do", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await db.query(
    sql`UPDATE sagas SET status = 'compensation_failed', finished_at = now() WHERE saga_id = (SELECT min(saga_id) FROM sagas)`,
  );
  await db.query(sql`
    INSERT INTO saga_steps (saga_id, step, kind, ordinal, status, error)
    SELECT saga_id, 'charge', 'compensation', 1, 'failed', '{"code":"UNAVAILABLE","message":"the gateway is away"}'
    FROM sagas WHERE status = 'compensation_failed'`);
  const [finding = expect.fail("nothing is wrong"), ...others] = (await look(db)).findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    check: "saga-halted",
    subject: "checkout",
    orders: 1,
    code: "undo-failed",
    cause: "1 run halted undoing charge: the gateway is away",
    action: {
      path: "/sagas",
      step: { procedure: "sagas.retryHalted", dryRun: "would undo charge again for 1 run" },
    },
  });
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  const step = finding.action.step?.input as { name: string; step: string; kind: "compensation"; code: string };
  expect(await operator.sagas.retryHalted({ ...step, reason: "it is back" })).toEqual({ runs: 1 });
  expect((await look(db)).findings).toEqual([]);
});

it("what cannot be asked is said, and the rest is answered", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 60);
  await watchOnce(db, checks);
  await db.query(sql`ALTER TABLE relay_leases RENAME TO gone`);
  const { findings, unchecked } = await diagnose(db, checks);
  expect(findings).toMatchObject([{ check: "no-worker", orders: 1 }]);
  expect(unchecked).toContainEqual(expect.stringContaining("the cause: "));
});

it("an alert that there is not is refused by name, and what is over is told as it was", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  await expect(viewer.incidents.byId({ id: 4_711 })).rejects.toThrow("There is no alert 4711");
  await db.query(sql`
    INSERT INTO projection_alerts (id, projection, status, threshold_seconds, peak_lag_seconds, pending_at, fired_at, resolved_at)
    VALUES (4711, 'order_view', 'resolved', 5, 60, now() - interval '2 minutes', now() - interval '1 minute', now())`);
  expect(await viewer.incidents.byId({ id: 4_711 })).toMatchObject({
    status: "resolved",
    orders: null,
    action: { step: null },
  });
  expect((await viewer.incidents.diagnose()).findings).toEqual([]);
});

it("a fault that somebody switched on is the cause, and turning it off is the step; in what people use there is none", async () => {
  await using shop = await shopAtWork();
  const { database: db } = shop;
  await beatsAgo(db, 0);
  await db.query(sql`UPDATE outbox_events SET created_at = now() - interval '1 minute' WHERE NOT published`);
  vi.stubEnv("TILLSTREAM_LOCAL", "true");
  const operator = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "operator" } }));
  await operator.faults.set({ relayPaused: true });
  expect((await look(db)).findings).toMatchObject([
    { check: "outbox-age", cause: expect.stringMatching(/^A fault is switched on by .+: the relay is paused\.$/) },
  ]);
  const { says, step } = (await look(db)).findings[0]?.action ?? expect.fail("nothing is wrong");
  expect(says).toBe("Turn the fault off.");
  expect(step).toMatchObject({ procedure: "faults.set", input: { relayPaused: false } });
  vi.stubEnv("TILLSTREAM_LOCAL", "false");
  expect((await look(db)).findings[0]?.cause).toContain("no process holds the lease");
});

it("a parcel without a label while others get theirs: its order's address, and the way there", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  const gateway = createTestGateway();
  const shippingAddress = { ...orderInput().shippingAddress, city: UNREACHABLE_CITY };
  const { orderId, number } = await placeOrder(shop.context(), orderInput({ shippingAddress }));
  await shop.settle(gateway);
  await shop.ship(gateway);
  const retrying = sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying' RETURNING id`;
  while ((await db.query(retrying)).length > 0) await shop.settle(gateway);
  const cause = async () => (await look(db)).findings.find(({ subject }) => subject === "shipping")?.cause;
  expect(await cause()).toContain("the carrier does not answer");
  await placeOrder(shop.context(), orderInput());
  await shop.settle(gateway);
  await shop.ship(gateway);
  expect(await cause()).toContain(`The address of order ${number} reaches no carrier`);
  const [finding] = (await look(db)).findings.filter(({ subject }) => subject === "shipping");
  expect(finding?.action).toEqual({
    says: `Correct the address of order ${number}. Its parcel is then tried again by itself.`,
    path: `/orders/${orderId}`,
    link: `Correct the address of order ${number}`,
    step: null,
  });
  expect(finding?.evidence[0]).toEqual({ says: `Order ${number} has no label`, path: `/orders/${orderId}` });
  const others = await db.query<{ path: string }>(sql`
    WITH other AS (
      UPDATE orders SET attention_codes = ARRAY['SHIPPING_FAILED'] WHERE id <> ${orderId} RETURNING id
    )
    INSERT INTO dead_letters (consumer, event_id, event_type, stream_id, position, error, fingerprint, attempts, first_failed_at)
    SELECT 'shipping', 'other', 'OrderConfirmed', 'order-' || id, 1, 'no', 'f', 5, now() - interval '1 day' FROM other
    RETURNING '/orders/' || substr(stream_id, 7) AS path`);
  const [both] = (await look(db)).findings.filter(({ subject }) => subject === "shipping");
  expect(both?.cause).toMatch(
    `The addresses of 2 orders reach no carrier, while others get their labels: correct them`,
  );
  expect(both?.evidence.slice(0, 2).map(({ path }) => path)).toEqual([`/orders/${orderId}`, others[0]?.path]);
});
