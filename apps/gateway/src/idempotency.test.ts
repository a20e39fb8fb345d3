import { describe, expect, it } from "vitest";
import { startTestGateway } from "./test-gateway.ts";

describe("charges", () => {
  it("the same key and body get the same answer and one capture", async () => {
    await using gateway = await startTestGateway();
    const first = await gateway.charge();
    expect(await gateway.charge()).toEqual(first);
    expect(await gateway.entries()).toHaveLength(1);
  });

  it.each([{ amount: 1 }, { currency: "EUR" }, { token: "tok_slow" }, { orderId: "order-2" }])(
    "the same key with another %o is refused",
    async (other) => {
      await using gateway = await startTestGateway();
      await gateway.charge();
      const { status, body } = await gateway.charge(other);
      expect(status).toBe(422);
      expect(body.error.code).toBe("idempotency_key_reused");
      expect(await gateway.entries()).toHaveLength(1);
    },
  );

  it("20 at once under one key capture once and all hear of that capture", async () => {
    await using gateway = await startTestGateway({ latencyMs: 20 });
    const replies = await Promise.all(Array.from({ length: 20 }, () => gateway.charge()));
    const entries = await gateway.entries();
    expect(entries).toHaveLength(1);
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.id}`))).toEqual(
      new Set([`200 ${entries[0]?.id}`]),
    );
  });

  it("another body under a key that is being worked on is refused", async () => {
    await using gateway = await startTestGateway({ latencyMs: 50 });
    const replies = await Promise.all([gateway.charge(), gateway.charge({ amount: 1 })]);
    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 422]));
    expect(await gateway.entries()).toHaveLength(1);
  });

  it("other keys capture each for themselves", async () => {
    await using gateway = await startTestGateway();
    const keys = Array.from({ length: 20 }, (_, at) => `key-${at}`);
    await Promise.all(keys.map((idempotencyKey) => gateway.charge({ idempotencyKey })));
    expect(await gateway.entries()).toHaveLength(20);
  });

  it("a 503 is not remembered", async () => {
    await using gateway = await startTestGateway();
    await gateway.post("/faults", { errorRate: 1 });
    expect((await gateway.charge()).status).toBe(503);
    await gateway.post("/faults", { errorRate: 0 });
    expect((await gateway.charge()).status).toBe(200);
  });
});

describe("refunds", () => {
  it("the same key and body refund once; another body is refused", async () => {
    await using gateway = await startTestGateway();
    const { body: charge } = await gateway.charge();
    const first = await gateway.refund({ chargeId: charge.id, amount: 300 });
    expect(first.status).toBe(200);
    expect(await gateway.refund({ chargeId: charge.id, amount: 300 })).toEqual(first);
    const other = await gateway.refund({ chargeId: charge.id, amount: 301 });
    expect([other.status, other.body.error.code]).toEqual([422, "idempotency_key_reused"]);
    expect(await gateway.entries()).toHaveLength(2);
  });

  it("20 at once under one key refund once", async () => {
    await using gateway = await startTestGateway({ latencyMs: 20 });
    const { body: charge } = await gateway.charge();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => gateway.refund({ chargeId: charge.id, amount: 10 })),
    );
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(await gateway.entries()).toHaveLength(2);
  });
});
