import { describe, expect, it, vi } from "vitest";
import { startTestGateway } from "./test-gateway.ts";

describe("each token does what it says", () => {
  it("tok_visa captures", async () => {
    await using gateway = await startTestGateway();
    const { status, body } = await gateway.charge();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "captured", amount: 1_299, currency: "USD", orderId: "order-1" });
    expect(await gateway.entries()).toEqual([
      { id: body.id, kind: "capture", orderId: "order-1", amount: 1_299, currency: "USD", at: body.at },
    ]);
  });

  it.each([
    ["tok_chargeDeclined", "generic_decline"],
    ["tok_insufficientFunds", "insufficient_funds"],
  ])("%s declines with 402, moves no money, and says the same when asked again", async (token, declineCode) => {
    await using gateway = await startTestGateway();
    const first = await gateway.charge({ token });
    expect(first.status).toBe(402);
    expect(first.body.error).toMatchObject({ code: "card_declined", declineCode, message: expect.any(String) });
    expect(await gateway.charge({ token })).toEqual(first);
    expect(await gateway.entries()).toEqual([]);
    const found = await gateway.get("/charges?idempotencyKey=key-1");
    expect(found.body.charges).toMatchObject([{ status: "declined", declineCode }]);
  });

  it("tok_slow captures after 5 s, is `processing` meanwhile, and goes on when its caller hung up", async () => {
    const slept = Promise.withResolvers<void>();
    const waits: number[] = [];
    await using gateway = await startTestGateway({
      async sleep(ms) {
        waits.push(ms);
        if (ms > 0) await slept.promise;
      },
    });
    const hangUp = new AbortController();
    const answer = gateway.charge({ token: "tok_slow" }, hangUp.signal).catch(() => "hung up");
    await vi.waitFor(() => expect(waits).toContain(5_000));
    hangUp.abort();
    expect(await answer).toBe("hung up");
    const found = await gateway.get("/charges?idempotencyKey=key-1");
    expect(found.body.charges).toEqual([{ status: "processing", idempotencyKey: "key-1" }]);
    expect(await gateway.entries()).toEqual([]);
    slept.resolve();
    await vi.waitFor(async () => expect(await gateway.entries()).toHaveLength(1));
    expect((await gateway.charge({ token: "tok_slow" })).status).toBe(200);
  });

  it("tok_timeout captures once and never answers, however often it is asked; a lookup tells", async () => {
    await using gateway = await startTestGateway();
    for (let tries = 0; tries < 2; tries += 1) {
      const patience = AbortSignal.timeout(200);
      await expect(gateway.charge({ token: "tok_timeout" }, patience)).rejects.toMatchObject({ name: "TimeoutError" });
    }
    expect(await gateway.entries()).toHaveLength(1);
    const found = await gateway.get("/charges?idempotencyKey=key-1");
    expect(found.body.charges).toMatchObject([{ status: "captured", idempotencyKey: "key-1" }]);
    expect((await gateway.get("/metrics")).body.text).toContain('gateway_answers_total{status="none"} 2');
  });

  it("tok_flaky answers 503 twice for each key, then captures", async () => {
    await using gateway = await startTestGateway();
    const statuses: number[] = [];
    for (const idempotencyKey of ["a", "b", "a", "b", "a", "b", "a"]) {
      statuses.push((await gateway.charge({ token: "tok_flaky", idempotencyKey })).status);
    }
    expect(statuses).toEqual([503, 503, 503, 503, 200, 200, 200]);
    expect(await gateway.entries()).toHaveLength(2);
  });

  it.each(["tok_unheardOf", "pm_card_visa"])("the unknown token %s is a card error", async (token) => {
    await using gateway = await startTestGateway();
    const { status, body } = await gateway.charge({ token });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "invalid_token", type: "card_error" });
  });

  it("a card number is refused and not repeated", async () => {
    await using gateway = await startTestGateway();
    const { status, body } = await gateway.charge({ token: "4242424242424242" });
    expect(status).toBe(400);
    expect(body.error.fields).toMatchObject([{ field: "token", rule: expect.stringContaining("not accepted") }]);
    expect(JSON.stringify(body)).not.toContain("4242424242424242");
  });
});
