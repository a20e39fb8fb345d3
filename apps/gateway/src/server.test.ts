import { expect, it } from "vitest";
import { NO_FAULTS } from "./faults.ts";
import { startTestGateway } from "./test-gateway.ts";

it.each([
  [{ amount: 12.5 }, "amount"],
  [{ amount: 0 }, "amount"],
  [{ amount: -1 }, "amount"],
  [{ amount: "100" }, "amount"],
  [{ amount: undefined }, "amount"],
  [{ currency: "usd" }, "currency"],
  [{ orderId: "" }, "orderId"],
  [{ idempotencyKey: "" }, "idempotencyKey"],
  [{ idempotencyKey: "k".repeat(256) }, "idempotencyKey"],
  [{ token: undefined }, "token"],
])("a charge with %o is 400 and names %s", async (fields, field) => {
  await using gateway = await startTestGateway();
  const { status, body } = await gateway.charge(fields);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({
    code: "invalid_request",
    message: expect.stringContaining(field),
    fields: [{ field }],
  });
  expect(await gateway.entries()).toEqual([]);
});

it("what is not JSON is 400, what is not an object too", async () => {
  await using gateway = await startTestGateway();
  expect(await gateway.post("/charges", "{ amount: ")).toMatchObject({
    status: 400,
    body: { error: { code: "malformed_json" } },
  });
  expect(await gateway.post("/charges", "[]")).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_request" } },
  });
});

it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
  "a body that is %j is not taken: a page of another site can send it",
  async (contentType) => {
    await using gateway = await startTestGateway();
    const asked = await gateway.post("/faults", { down: true }, undefined, contentType);
    expect([asked.status, asked.body.error.code]).toEqual([415, "not_json"]);
    expect((await gateway.get("/faults")).body).toMatchObject({ down: false });
  },
);

it("a body over 100 kB is 413", async () => {
  await using gateway = await startTestGateway();
  const { status, body } = await gateway.charge({ orderId: "o".repeat(200_000) });
  expect([status, body.error.code]).toEqual([413, "body_too_large"]);
});

it("an unknown route is 404 in JSON", async () => {
  await using gateway = await startTestGateway();
  expect(await gateway.get("/nothing")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  expect(await gateway.get("/refunds")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
});

it("a lookup without a key is 400, of an unknown key is empty", async () => {
  await using gateway = await startTestGateway();
  expect((await gateway.get("/charges")).status).toBe(400);
  expect(await gateway.get("/charges?idempotencyKey=nobody")).toEqual({ status: 200, body: { charges: [] } });
});

it("health and metrics answer", async () => {
  await using gateway = await startTestGateway();
  await gateway.charge();
  expect(await gateway.get("/health")).toEqual({ status: 200, body: { status: "ok", checks: { ledger: "ok" } } });
  expect((await gateway.get("/metrics")).body.text).toContain('gateway_ledger_entries{kind="capture"} 1');
});

it("while down, money endpoints answer 503 to anything and the others go on", async () => {
  await using gateway = await startTestGateway();
  const { body: charge } = await gateway.charge();
  expect((await gateway.post("/faults", { down: true })).body).toMatchObject({ down: true });
  const refused = await Promise.all([
    gateway.charge(),
    gateway.charge({ amount: "nonsense" }),
    gateway.refund({ chargeId: charge.id }),
    gateway.get("/charges?idempotencyKey=key-1"),
    gateway.get(`/ledger?chargeId=${charge.id}`),
  ]);
  expect(refused.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
  const answered = await Promise.all(["/health", "/ledger", "/faults", "/metrics"].map((path) => gateway.get(path)));
  expect(answered.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await gateway.post("/faults", { down: false });
  expect((await gateway.refund({ chargeId: charge.id })).status).toBe(200);
});

it("the error rate decides by the random source, the latency is waited for", async () => {
  const rolls = [0.29, 0.3];
  const waits: number[] = [];
  await using gateway = await startTestGateway({
    random: () => rolls.shift() ?? 1,
    sleep: async (ms) => void waits.push(ms),
  });
  await gateway.post("/faults", { errorRate: 0.3, latencyMs: 70 });
  expect((await gateway.charge()).status).toBe(503);
  expect((await gateway.charge()).status).toBe(200);
  expect(waits).toEqual([70, 70]);
});

it.each([{ latencyMs: -1 }, { errorRate: 2 }, { down: "yes" }, { latency: 5 }])(
  "faults %o are 400 and change nothing",
  async (patch) => {
    await using gateway = await startTestGateway();
    expect((await gateway.post("/faults", patch)).status).toBe(400);
    expect((await gateway.get("/faults")).body).toEqual({ ...NO_FAULTS, latencyMs: 0 });
  },
);

it("a leased fault ends by itself, and leaves what was switched on to stay", async () => {
  let now = 0;
  await using gateway = await startTestGateway({ now: () => now });
  await gateway.post("/faults", { errorRate: 0.5 });
  expect((await gateway.post("/faults", { down: true, leaseMs: 5_000 })).body).toMatchObject({ down: true });
  now = 4_999;
  expect((await gateway.charge()).status).toBe(503);
  now = 5_000;
  expect((await gateway.get("/faults")).body).toMatchObject({ down: false, errorRate: 0.5 });
  await gateway.post("/faults", { down: true, leaseMs: 5_000 });
  expect((await gateway.post("/faults", { leaseMs: 0 })).body).toMatchObject({ down: false });
});

it("every card can be declined, or captured without an answer", async () => {
  await using gateway = await startTestGateway();
  await gateway.post("/faults", { decline: true });
  expect((await gateway.charge()).body.error).toMatchObject({ code: "card_declined" });
  await gateway.post("/faults", { decline: false, timeout: true });
  const hangUp = new AbortController();
  const silent = gateway.charge({ idempotencyKey: "key-2" }, hangUp.signal);
  await expect.poll(async () => (await gateway.get("/charges?idempotencyKey=key-2")).body.charges).toHaveLength(1);
  hangUp.abort();
  await expect(silent).rejects.toThrow("abort");
});
