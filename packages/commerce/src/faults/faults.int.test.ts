import { assemble, createPostgresBus, workOnce } from "@tillstream/eventing";
import type { PublishedBatch, RelayLease } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { LoopPorts } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { idlePorts } from "../describe-deployment.ts";
import { modules } from "../modules.ts";
import { adminRouter } from "../routers.ts";
import { createTestGateway, createTestShop, orderInput, startGatewayProcess } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { disturb } from "./disturb.ts";
import type { DisturbingPorts } from "./ports.ts";

const olga: SessionUser = { id: "olga", email: "olga@example.com", name: "Olga", role: "operator" };
const LEASE: RelayLease = { owner: "test", epoch: 1 };

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.database.query(sql`
    INSERT INTO auth_users (id, name, email, role) VALUES (${olga.id}, ${olga.name}, ${olga.email}, 'operator')`);
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => void vi.stubEnv("TILLSTREAM_LOCAL", "true"));
afterEach(async () => {
  vi.unstubAllEnvs();
  await shop.database.query(sql`DELETE FROM faults`);
});

const faultsOf = (user: SessionUser = olga) => createCallerFactory(adminRouter)(shop.context({ user })).faults;
const namesOn = async () => (await faultsOf().get()).faults.map(({ name }) => name);
const letExpire = () => shop.database.query(sql`UPDATE faults SET expires_at = now()`);

/** A deployment as the worker of a local environment has it, and what it posts where. */
function aDeployment(overrides: Partial<DisturbingPorts> = {}) {
  const sleeps: number[] = [];
  const scheduler = { ...systemScheduler, sleep: async (ms: number) => void sleeps.push(ms) };
  const own: LoopPorts = {
    db: shop.database,
    logger: shop.services.logger,
    scheduler,
    signal: new AbortController().signal,
  };
  const publishing: PublishedBatch = { owned: true, count: 1, delaysMs: [], types: [] };
  const { gatewayUrl = "http://gateway.test", post = async () => undefined } = overrides;
  const disturbed = disturb(
    {
      modules,
      bus: { ...createPostgresBus(shop.database), publish: async () => publishing },
      subscriptions: { run: (_, loop) => loop(own) },
    },
    {
      shopUrl: "http://shop.test",
      random: () => 0.5,
      now: () => 0,
      newId: () => "id",
      ...overrides,
      gatewayUrl,
      post,
    },
  );
  const [faults, traffic] = disturbed.modules.at(-1)?.loops(idlePorts(), assemble(modules, idlePorts())) ?? [];
  return { ...disturbed, sleeps, follow: () => faults?.turn(own), comeShoppers: () => traffic?.turn(own) };
}

describe("faults.set", () => {
  it("switches on what is named, by whom and until when; the database's clock ends it", async () => {
    await faultsOf().set({ gateway: { down: true }, relayPaused: true, minutes: 2 });
    const { faults, consumers, projections } = await faultsOf().get();
    expect(faults).toMatchObject([
      { name: "gateway", value: { down: true }, setBy: "Olga" },
      { name: "relayPaused", value: true },
    ]);
    expect([consumers, projections]).toEqual([
      expect.arrayContaining(["analytics"]),
      expect.arrayContaining(["order_view"]),
    ]);
    await faultsOf().set({ relayPaused: false });
    expect(await namesOn()).toEqual(["gateway"]);
    await letExpire();
    expect(await namesOn()).toEqual([]);
  });

  it("is an operator's; a viewer looks", async () => {
    const viewer = faultsOf({ ...olga, role: "viewer" });
    await expect(viewer.set({ relayPaused: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await viewer.get()).toMatchObject({ faults: [] });
  });

  it("is refused outside a local environment, as is looking", async () => {
    vi.stubEnv("TILLSTREAM_LOCAL", "false");
    const refused = { code: "NOT_FOUND", cause: { code: "LOCAL_ONLY" } };
    await expect(faultsOf().set({ relayPaused: true })).rejects.toMatchObject(refused);
    await expect(faultsOf().play({ scenario: "sellOut" })).rejects.toMatchObject(refused);
    await expect(faultsOf().get()).rejects.toMatchObject(refused);
    expect(await shop.database.query(sql`SELECT FROM faults`)).toEqual([]);
  });

  it.each([
    [{ consumerErrors: { consumer: "nobody", rate: 1 } }, "consumerErrors.consumer"],
    [{ projectionDelayMs: { projection: "nothing", ms: 5 } }, "projectionDelayMs.projection"],
    [{ consumerErrors: { consumer: "analytics", rate: 2 } }, "consumerErrors.rate"],
    [{ gateway: { errorRate: -1 } }, "gateway.errorRate"],
    [{ traffic: { ordersPerMinute: 121 } }, "traffic.ordersPerMinute"],
    [{ relayPaused: true, minutes: 61 }, "minutes"],
    [{}, ""],
  ])("%j is refused by its field", async (input, field) => {
    const refused = expect(faultsOf().set(input)).rejects;
    await refused.toMatchObject({ code: "BAD_REQUEST" });
    await refused.toThrow(field);
    expect(await namesOn()).toEqual([]);
  });
});

describe("while it is on, and no longer", () => {
  it("the relay publishes nothing", async () => {
    const { bus, follow } = aDeployment();
    await faultsOf().set({ relayPaused: true });
    await follow();
    expect(await bus.publish(LEASE, 1)).toMatchObject({ owned: true, count: 0 });
    await letExpire();
    await follow();
    expect(await bus.publish(LEASE, 1)).toMatchObject({ count: 1 });
  });

  it("it ends on time also when the database cannot be asked", async () => {
    let now = 0;
    const { bus, follow } = aDeployment({ now: () => now });
    await faultsOf().set({ relayPaused: true, minutes: 1 });
    await follow();
    now = 60_001;
    expect(await bus.publish(LEASE, 1)).toMatchObject({ count: 1 });
  });

  it("a projection's batches wait before they begin", async () => {
    const { subscriptions, follow, sleeps } = aDeployment();
    const batch = (name: string) => subscriptions.run(name, ({ db }) => db.transaction(async () => undefined));
    await faultsOf().set({ projectionDelayMs: { projection: "order_view", ms: 600 } });
    await follow();
    await batch("sales_by_day");
    expect(sleeps).toEqual([]);
    await batch("order_view");
    expect(sleeps).toEqual([250, 250, 100]);
    await letExpire();
    await follow();
    await batch("order_view");
    expect(sleeps).toHaveLength(3);
  });

  it("a share of a consumer's events fails, and is delivered once it is over", async () => {
    const { modules: disturbed, follow } = aDeployment();
    await faultsOf().set({ consumerErrors: { consumer: "analytics", rate: 0.6 } });
    await follow();
    await placeOrder(shop.context(), orderInput());
    const ports = { ...idlePorts(), db: shop.database, gateway: createTestGateway() };
    const { subscriptions } = assemble(disturbed, ports);
    const { signal } = new AbortController();
    const loop = { db: shop.database, logger: shop.services.logger, scheduler: systemScheduler, signal };
    const work = () => workOnce(subscriptions, async () => undefined, loop);
    const blocked = () =>
      shop.database.query(
        sql`SELECT consumer, error FROM dead_letters WHERE status IN ('retrying', 'parked', 'waiting')`,
      );
    await work();
    expect(await blocked()).toEqual([
      { consumer: "analytics", error: expect.stringContaining("a fault is switched on") },
    ]);
    await letExpire();
    await follow();
    await shop.database.query(sql`UPDATE dead_letters SET next_attempt_at = now()`);
    await work();
    expect(await blocked()).toEqual([]);
  });

  it("the gateway has it on lease", async () => {
    await using gateway = await startGatewayProcess();
    const post = async (url: string, body: object) => {
      const headers = { "content-type": "application/json" };
      expect((await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).ok).toBe(true);
    };
    const { follow } = aDeployment({ gatewayUrl: gateway.url, post });
    const there = async (): Promise<unknown> => (await fetch(`${gateway.url}/faults`)).json();
    await faultsOf().set({ gateway: { decline: true, latencyMs: 7 } });
    await follow();
    expect(await there()).toMatchObject({ decline: true, latencyMs: 7, down: false });
    await letExpire();
    await follow();
    expect(await there()).toMatchObject({ decline: false, latencyMs: 0 });
  });

  it("shoppers order at its rate", async () => {
    let now = 0;
    const posted: object[] = [];
    const { comeShoppers } = aDeployment({
      now: () => now,
      post: async (url, body) => void (url.startsWith("http://shop.test/") && posted.push(body)),
    });
    await faultsOf().set({ traffic: { ordersPerMinute: 120 } });
    for (; now < 5_000; now += 1_000) await comeShoppers();
    expect(posted).toHaveLength(10);
    await letExpire();
    await comeShoppers();
    expect(posted).toHaveLength(10);
  });
});

describe("faults.play", () => {
  it("sells out: of orders for more than there is, all are taken that could be known to fit, once for each key", async () => {
    const key = { user: olga, idempotencyKey: "one press" };
    const play = () => createCallerFactory(adminRouter)(shop.context(key)).faults.play({ scenario: "sellOut" });
    const first = await play();
    expect(first.orders.length + first.refused).toBe(6);
    expect(first.orders.length).toBeGreaterThan(3);
    expect(await play()).toEqual(first);
    await shop.settle(createTestGateway());
    const [stock] = await shop.database.query<{ available: number }>(
      sql`SELECT available FROM stock WHERE sku = 'RARE'`,
    );
    expect(stock).toEqual({ available: 0 });
  });

  it("switches on what the story needs", async () => {
    const { orders } = await faultsOf().play({ scenario: "gatewayAway" });
    expect(orders).toHaveLength(1);
    expect(await namesOn()).toEqual(["gateway"]);
  });
});
