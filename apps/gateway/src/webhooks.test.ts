import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createLogger, systemClock, uuidGenerator } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { NO_FAULTS } from "./faults.ts";
import { startTestGateway } from "./test-gateway.ts";
import { createWebhooks } from "./webhooks.ts";

const SECRET = "whsec_for_the_tests_only";

const webhookOptions = {
  secret: SECRET,
  faults: { current: () => ({ ...NO_FAULTS, latencyMs: 0 }) },
  signal: new AbortController().signal,
  random: () => 0,
  clock: systemClock,
  ids: uuidGenerator,
  logger: createLogger("gateway-test", "silent"),
};

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

it.each([
  [0, [5_000, 30_000, 120_000, 600_000, 3_600_000]],
  [1, [6_250, 37_500, 150_000, 750_000, 4_500_000]],
])(
  "a receiver that fails is tried again after seconds, then minutes, then an hour; chance %d",
  async (chance, expected) => {
    await using receiver = await startReceiver(Array.from({ length: 10 }, () => 500));
    const waits: number[] = [];
    await using gateway = await startTestGateway({
      webhookUrl: receiver.url,
      sleep: async (ms) => void (ms > 0 && waits.push(ms)),
      random: () => chance,
    });
    await gateway.charge();
    await vi.waitFor(() => expect(receiver.received).toHaveLength(expected.length + 1));
    expect(waits).toEqual(expected);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
  },
);

it("a webhook that is not answered within 30 s is sent again; an answer that takes nearly so long counts", async () => {
  const arrivals: { id: string; response: ServerResponse }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => server.emit("arrival", arrivals.push({ ...JSON.parse(body), response })));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const waits: number[] = [];
  const webhooks = createWebhooks({
    ...webhookOptions,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sleep: async (ms) => void waits.push(ms),
  });
  async function arrivalAfter(act: () => void): Promise<void> {
    const arrived = once(server, "arrival");
    act();
    await arrived;
  }
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    await arrivalAfter(() => webhooks.send("charge.succeeded", {}));
    await arrivalAfter(() => vi.advanceTimersByTime(30_000));
    vi.advanceTimersByTime(29_999);
    arrivals[1]?.response.end();
    await arrivalAfter(() => webhooks.send("charge.succeeded", {}));
  } finally {
    vi.useRealTimers();
    server.close();
    server.closeAllConnections();
  }
  expect(waits).toEqual([5_000]);
  const [first, again, other] = arrivals.map(({ id }) => id);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

it("a new webhook gets its attempt beside as many as may wait, and those that find no room are logged", async () => {
  const statuses = Array.from({ length: 5_100 }, () => 500);
  await using receiver = await startReceiver(statuses);
  const givenUp: unknown[] = [];
  const logger = createLogger("gateway-test", "silent");
  const webhooks = createWebhooks({
    ...webhookOptions,
    url: receiver.url,
    sleep: () => new Promise(() => undefined),
    logger: Object.assign(logger, { warn: (about: unknown) => givenUp.push(about) }),
  });
  for (let sent = 0; sent < 5_100; sent += 1) webhooks.send("charge.succeeded", {});
  await vi.waitFor(() => expect(givenUp).toHaveLength(100));
  expect(givenUp[0]).toMatchObject({ eventId: expect.stringContaining("evt_"), err: "too many are waiting" });
  statuses.length = 0;
  webhooks.send("refund.succeeded", {});
  await vi.waitFor(() => expect(receiver.received.map(({ event }) => event.type)).toContain("refund.succeeded"));
  expect(givenUp).toHaveLength(100);
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

it("of a reordered pair, the earlier one does not wait until the later one is delivered at last", async () => {
  await using receiver = await startReceiver([500]);
  await using gateway = await startTestGateway({
    webhookUrl: receiver.url,
    sleep: (ms) => (ms > 0 ? new Promise(() => undefined) : Promise.resolve()),
  });
  await gateway.post("/faults", { webhookReorder: true });
  const { body: charge } = await gateway.charge();
  await gateway.refund({ chargeId: charge.id });
  await vi.waitFor(() =>
    expect(receiver.received.map(({ event }) => event.type)).toEqual(["refund.succeeded", "charge.succeeded"]),
  );
});

it.each([
  ["switches protocols", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nxx"],
  ["breaks off within its answer", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"],
  ["speaks another language", "hello\r\n\r\n"],
  ["says nothing", ""],
])("a receiver that %s is asked again, until it answers", async (_, answer) => {
  const answers = [answer, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end of the connection"];
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined).once("data", () => socket.end(answers.shift() ?? ""));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const waits: number[] = [];
  const webhooks = createWebhooks({
    ...webhookOptions,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sleep: async (ms) => void waits.push(ms),
  });
  webhooks.send("charge.succeeded", {});
  await vi.waitFor(() => expect([answers.length, waits.length]).toEqual([0, 1]));
  await once(server.close(), "close");
  expect(waits).toEqual([5_000]);
});
