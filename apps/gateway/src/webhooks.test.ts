import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, vi } from "vitest";
import { startTestGateway } from "./test-gateway.ts";

const SECRET = "whsec_for_the_tests_only";

/** Keeps what it receives and answers with `statuses` in turn, then 200. */
async function startReceiver(statuses: number[] = []) {
  const received: { signature: string; body: string; event: { id: string; type: string; data: unknown } }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ signature: String(request.headers["tillstream-signature"]), body, event: JSON.parse(body) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

it("each outcome is sent with a signature over timestamp and body", async () => {
  await using receiver = await startReceiver();
  await using gateway = await startTestGateway({ webhookUrl: receiver.url, webhookSecret: SECRET });
  const { body: charge } = await gateway.charge();
  await gateway.charge({ token: "tok_chargeDeclined", idempotencyKey: "key-2" });
  await gateway.refund({ chargeId: charge.id });
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3));
  const byType = new Map(receiver.received.map(({ event }) => [event.type, event]));
  expect([...byType.keys()].toSorted()).toEqual(["charge.failed", "charge.succeeded", "refund.succeeded"]);
  expect(byType.get("charge.succeeded")?.data).toMatchObject({ id: charge.id, orderId: "order-1", status: "captured" });
  expect(byType.get("charge.failed")?.data).toMatchObject({ declineCode: "generic_decline", idempotencyKey: "key-2" });
  for (const { signature, body } of receiver.received) {
    const [, timestamp, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(digest).toBe(createHmac("sha256", SECRET).update(`${timestamp}.${body}`).digest("hex"));
  }
});

it("tok_duplicateWebhook sends one event three times, a replay none", async () => {
  await using receiver = await startReceiver();
  await using gateway = await startTestGateway({ webhookUrl: receiver.url });
  await gateway.charge({ token: "tok_duplicateWebhook" });
  await gateway.charge({ token: "tok_duplicateWebhook" });
  await gateway.charge({ idempotencyKey: "key-2" });
  await vi.waitFor(() => expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(2));
  await vi.waitFor(() => expect(receiver.received).toHaveLength(4));
});

it("a receiver that fails is tried again, 5 times at most", async () => {
  await using receiver = await startReceiver([500, 500, 500, 500, 500, 500, 500]);
  const waits: number[] = [];
  await using gateway = await startTestGateway({
    webhookUrl: receiver.url,
    sleep: async (ms) => void (ms > 0 && waits.push(ms)),
  });
  await gateway.charge();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(5));
  expect(waits).toEqual([200, 800, 3_200, 12_800]);
});

it("delayed webhooks wait, and the charge does not", async () => {
  await using receiver = await startReceiver();
  const waits: number[] = [];
  const over = Promise.withResolvers<void>();
  await using gateway = await startTestGateway({
    webhookUrl: receiver.url,
    sleep: async (ms) => {
      if (ms > 0) waits.push(ms);
      if (ms > 0) await over.promise;
    },
  });
  await gateway.post("/faults", { webhookDelayMs: 30_000 });
  expect((await gateway.charge()).status).toBe(200);
  expect(waits).toEqual([30_000]);
  expect(receiver.received).toEqual([]);
  over.resolve();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
});

it("reordered webhooks arrive in pairs, the later one first, and one alone is not lost", async () => {
  await using receiver = await startReceiver();
  await using gateway = await startTestGateway({ webhookUrl: receiver.url });
  await gateway.post("/faults", { webhookReorder: true });
  const { body: charge } = await gateway.charge();
  await gateway.refund({ chargeId: charge.id });
  await gateway.charge({ idempotencyKey: "key-2" });
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), { timeout: 5_000 });
  expect(receiver.received.map(({ event }) => event.type)).toEqual([
    "refund.succeeded",
    "charge.succeeded",
    "charge.succeeded",
  ]);
});
