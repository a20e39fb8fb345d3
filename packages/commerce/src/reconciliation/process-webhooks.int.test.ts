/** Webhooks of the real gateway process, through the door and the inbox, to what the order looks like in the end. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createLogger, sql, systemClock, TimeoutError } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { placeOrder } from "../checkout/index.ts";
import { createSimulatedGateway, createWebhookCounter, receiveWebhook, simulatedWebhooks } from "../payment/index.ts";
import { createTestShop, orderInput, startGatewayProcess } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { processWebhooks } from "./process-webhooks.ts";

const SECRET = "whsec_for_the_tests_only";

/** The webhook door behind an HTTP server, as the storefront has it. */
async function openDoor(db: SqlExecutor) {
  const door = {
    db,
    source: simulatedWebhooks(SECRET),
    counter: createWebhookCounter(db),
    clock: systemClock,
    logger: createLogger("test", "silent"),
  };
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const headers = { "tillstream-signature": String(request.headers["tillstream-signature"]) };
      const answer = await receiveWebhook(door, new Request("http://shop/", { method: "POST", body, headers }));
      response.writeHead(answer.status).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function order(shop: TestShop, token: string): Promise<string> {
  const placed = await placeOrder(shop.context(), orderInput({ payment: { method: "card", token } }));
  return placed.orderId;
}

interface Stored {
  readonly type: string;
  readonly deliveries: number;
  readonly outcome: string | null;
}
const storedOf = (shop: TestShop) =>
  shop.database.query<Stored>(sql`SELECT type, deliveries, outcome FROM payment_webhooks ORDER BY type`);

function process(shop: TestShop, url: string): Promise<number> {
  const gateway = createSimulatedGateway(url);
  const logger = createLogger("test", "silent");
  const signal = new AbortController().signal;
  const { database: db } = shop;
  return processWebhooks({ db, gateway, clock: systemClock, graceMs: 0, logger, signal });
}

const historyOf = async (shop: TestShop, orderId: string) => {
  const rows = await shop.database.query<{ type: string }>(sql`
    SELECT type FROM events WHERE stream_id = ${`order-${orderId}`} ORDER BY version`);
  return rows.map(({ type }) => type);
};

it("a webhook sent three times has one row and leaves a paid order as it is", async () => {
  await using shop = await createTestShop();
  await using door = await openDoor(shop.database);
  await using gateway = await startGatewayProcess({ GATEWAY_WEBHOOK_URL: door.url, GATEWAY_WEBHOOK_SECRET: SECRET });
  const orderId = await order(shop, "tok_duplicateWebhook");
  await shop.settle(createSimulatedGateway(gateway.url));
  await vi.waitFor(async () => expect(await storedOf(shop)).toMatchObject([{ deliveries: 3 }]));
  const before = await historyOf(shop, orderId);
  expect(await process(shop, gateway.url)).toBe(1);
  expect(await process(shop, gateway.url)).toBe(0);
  expect(await storedOf(shop)).toEqual([{ type: "charge.succeeded", deliveries: 3, outcome: "agrees" }]);
  expect(await historyOf(shop, orderId)).toEqual(before);
});

it("delayed and reordered webhooks about a capture that came too late lead to one refund", async () => {
  await using shop = await createTestShop();
  await using door = await openDoor(shop.database);
  await using gateway = await startGatewayProcess({ GATEWAY_WEBHOOK_URL: door.url, GATEWAY_WEBHOOK_SECRET: SECRET });
  await gateway.setFaults({ webhookDelayMs: 50, webhookReorder: true });
  const real = createSimulatedGateway(gateway.url);
  const orderId = await order(shop, "tok_duplicateWebhook");
  await shop.settle({ ...real, charge: () => Promise.reject(new TimeoutError("no answer")) });
  const charge = {
    orderId,
    amount: 2_400,
    currency: "USD",
    token: "tok_duplicateWebhook",
    idempotencyKey: `checkout:${orderId}:charge:action`,
  };
  await real.charge(charge, new AbortController().signal);
  await vi.waitFor(async () => {
    await process(shop, gateway.url);
    // The refund that follows from the first webhook has its own.
    expect((await storedOf(shop)).map(({ type }) => type)).toEqual(["charge.succeeded", "refund.succeeded"]);
    expect((await storedOf(shop)).every(({ outcome }) => outcome !== null)).toBe(true);
  }, 15_000);
  const entries = await gateway.entries();
  expect(entries.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["capture", 2_400],
    ["refund", 2_400],
  ]);
  expect(await historyOf(shop, orderId)).toEqual([
    "OrderCreated",
    "OrderCancelled",
    "PaymentCaptured",
    "PaymentRefunded",
  ]);
});

it("a webhook whose charge cannot be looked at waits, and is acted on when the gateway is back", async () => {
  await using shop = await createTestShop();
  await using door = await openDoor(shop.database);
  await using gateway = await startGatewayProcess({ GATEWAY_WEBHOOK_URL: door.url, GATEWAY_WEBHOOK_SECRET: SECRET });
  const charge = { orderId: "nobody", amount: 900, currency: "USD", token: "tok_visa", idempotencyKey: "stray" };
  await createSimulatedGateway(gateway.url).charge(charge, new AbortController().signal);
  await vi.waitFor(async () => expect(await storedOf(shop)).toHaveLength(1));
  await process(shop, "http://127.0.0.1:1");
  expect(await storedOf(shop)).toMatchObject([{ outcome: null }]);
  await shop.database.query(sql`UPDATE payment_webhooks SET run_at = now()`);
  await process(shop, gateway.url);
  // The refund has a webhook of its own, which may be here by now.
  expect((await storedOf(shop))[0]).toMatchObject({ type: "charge.succeeded", outcome: "repaired" });
  expect((await gateway.entries()).map(({ kind }) => kind)).toEqual(["capture", "refund"]);
});
