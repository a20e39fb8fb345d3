/** The map of the system is what the modules declare, and what they declare is what happens. */
import { systemMap } from "@tillstream/eventing";
import type { MapNode } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandAccount } from "./account/index.ts";
import { placeOrder } from "./checkout/index.ts";
import { describeDeployment, idlePorts } from "./describe-deployment.ts";
import { aggregates, eventCatalogue, modules, projections } from "./modules.ts";
import { adminRouter, shopRouter } from "./routers.ts";
import { createFulfilment } from "./testing/fulfilment.ts";
import { UNREACHABLE_CITY } from "./shipping/index.ts";
import type { Fulfilment } from "./testing/fulfilment.ts";
import { receiveStock } from "./stock/index.ts";
import { orderInput, shopper, SKUS } from "./testing/index.ts";

const map = systemMap(modules, idlePorts());
const ids = new Set(map.nodes.map(({ id }) => id));
const arrows = new Set(map.edges.map(({ from, to }) => `${from} > ${to}`));

it("everything that a module declares is on it, once, and every arrow begins and ends at something", () => {
  const { consumers, sagas } = describeDeployment();
  const starters = new Set(map.nodes.flatMap(({ kind, subscription }) => (kind === "saga" ? [subscription] : [])));
  const declared = [
    ...aggregates.flatMap(({ streamType, commands }) =>
      Object.keys(commands).map((name) => `command ${streamType}.${name}`),
    ),
    ...modules.flatMap(({ name, commands }) => Object.keys(commands).map((each) => `command ${name}.${each}`)),
    ...[...eventCatalogue.definitions.keys()].map((type) => `event ${type}`),
    ...projections.map(({ name }) => `projection ${name}`),
    ...sagas.map(({ name, version }) => `saga ${name} v${version}`),
    ...consumers.filter(({ name }) => !starters.has(name)).map(({ name }) => `consumer ${name}`),
  ];
  expect([...ids].toSorted()).toEqual(declared.toSorted());
  expect(map.nodes).toHaveLength(ids.size);
  for (const { from, to } of map.edges) expect([...ids]).toEqual(expect.arrayContaining([from, to]));
});

it("every subscription reads on it what it reads, and every event follows from a command", () => {
  for (const { name, handlers } of describeDeployment().consumers) {
    const reader = map.nodes.find(({ subscription }) => subscription === name) ?? expect.fail(name);
    for (const { definition } of handlers) expect(arrows).toContain(`event ${definition.type} > ${reader.id}`);
  }
  for (const { name, definitions } of projections)
    for (const { type } of definitions) expect(arrows).toContain(`event ${type} > projection ${name}`);
  const commanded = new Set(map.edges.filter(({ from }) => from.startsWith("command ")).map(({ to }) => to));
  expect([...ids].filter((id) => id.startsWith("event ") && !commanded.has(id))).toEqual([]);
});

let fulfilment: Fulfilment;
beforeAll(async () => {
  fulfilment = await createFulfilment();
});
afterAll(() => fulfilment[Symbol.asyncDispose]());

/** Orders that are shipped, returned, cancelled, declined, out of stock, and stuck at the carrier; by card and by store credit. */
async function everyWay(): Promise<void> {
  const { shop, gateway, confirmed, operator } = fulfilment;
  const account = (command: Parameters<typeof commandAccount>[2]) =>
    commandAccount(shop.context({ user: shopper }), shopper.id, command, command);
  await account({ type: "open", accountId: shopper.id, currency: "USD" });
  await account({ type: "deposit", amount: 50_000, currency: "USD" });
  const buyer = () => createCallerFactory(shopRouter)(shop.context({ user: shopper }));
  const credit = { payment: { method: "account" } } as const;
  for (const way of [{}, credit]) {
    const [shipped, cancelled] = [await confirmed(way), await confirmed(way)];
    await operator().orders.cancel({ orderId: cancelled, reason: "changed their mind" });
    await shop.settle(gateway);
    await shop.ship(gateway);
    await operator().orders.refundLines({
      orderId: shipped,
      lines: [{ sku: SKUS.mug, quantity: 1 }],
      restock: true,
      to: "credit",
      reason: "chipped",
    });
    await shop.settle(gateway);
    await buyer().orders.requestReturn({
      orderId: shipped,
      lines: [{ sku: SKUS.mug, quantity: 1, reason: "OTHER" }],
      to: "credit",
    });
    await operator().orders.receiveReturn({ orderId: shipped, reason: "too bright" });
    await shop.settle(gateway);
    // One of them finds the shelf empty, since both were taken.
    for (let placed = 0; placed < 2; placed += 1)
      await placeOrder(
        shop.context({ user: shopper }),
        orderInput({ ...way, lines: [{ sku: SKUS.rare, quantity: 2 }] }),
      );
    await shop.settle(gateway);
    await receiveStock(shop.database, [{ sku: SKUS.rare, quantity: 2 }]);
  }
  await confirmed({ payment: { method: "card", token: "tok_chargeDeclined" } });
  const part = { credit: { amount: 500, currency: "USD" } } as const;
  for (const token of ["tok_visa", "tok_chargeDeclined"])
    await confirmed({ payment: { method: "card", token, ...part } });
  const { shippingAddress } = orderInput();
  await confirmed({ shippingAddress: { ...shippingAddress, city: UNREACHABLE_CITY } });
  await shop.ship(gateway);
  const retrying = sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying' RETURNING id`;
  while ((await shop.database.query(retrying)).length > 0) await shop.settle(gateway);
}

it("sagas and consumers append what they declare, and nothing else", { timeout: 120_000 }, async () => {
  await everyWay();
  const appended = await fulfilment.shop.database.query<{ actor: string; type: string }>(sql`
    SELECT DISTINCT metadata ->> 'actor' AS actor, type FROM events WHERE metadata ->> 'actor' ~ '^(saga|consumer):'`);
  const actorOf = ({ kind, name }: MapNode) => `${kind}:${kind === "saga" ? name.replace(/ v\d+$/, "") : name}`;
  const isDeclared = (actor: string, type: string) =>
    map.nodes.some((node) => actorOf(node) === actor && arrows.has(`${node.id} > event ${type}`));
  const undeclared = appended.filter(({ actor, type }) => !isDeclared(actor, type));
  expect(undeclared).toEqual([]);
  expect(new Set(appended.map(({ type }) => type)).size).toBeGreaterThan(15);
});

it("the console is told how much of each event there was, and how far each reader has come", async () => {
  const { shop, confirmed } = fulfilment;
  await confirmed();
  await shop.database.query(sql`UPDATE consumer_checkpoints SET status = 'paused' WHERE consumer = 'analytics'`);
  const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  const { nodes, edges, windowSeconds } = await viewer.map.system();
  const find = (id: string) => nodes.find((node) => node.id === id);
  expect(find("event OrderCreated")?.perMinute).toBeGreaterThan(0);
  expect(find("event CustomerErased")?.perMinute).toBe(0);
  expect(find("projection order_view")).toMatchObject({ perMinute: null, lag: { status: "running", eventsBehind: 0 } });
  expect(find("consumer analytics")).toMatchObject({ lag: { status: "paused" } });
  expect(find("saga checkout v2")).toMatchObject({ lag: { status: "running" }, runs: { underWay: 0, halted: 0 } });
  const arrow = edges.find(({ from, to }) => from === "event OrderCreated" && to === "saga checkout v2");
  expect(arrow?.perMinute).toBe(find("event OrderCreated")?.perMinute);
  expect(windowSeconds).toBe(300);
});
