import { expect, it } from "vitest";
import { startTestGateway } from "./test-gateway.ts";

it("a charge can be refunded in parts up to what was captured", async () => {
  await using gateway = await startTestGateway();
  const { body: charge } = await gateway.charge({ amount: 1_000 });
  expect((await gateway.refund({ chargeId: charge.id, amount: 600, idempotencyKey: "a" })).status).toBe(200);
  const tooMuch = await gateway.refund({ chargeId: charge.id, amount: 401, idempotencyKey: "b" });
  expect(tooMuch.status).toBe(422);
  expect(tooMuch.body.error).toMatchObject({ code: "amount_exceeds_captured", field: "amount", refundable: 400 });
  expect((await gateway.refund({ chargeId: charge.id, amount: 400, idempotencyKey: "c" })).status).toBe(200);
  expect(await gateway.entries()).toMatchObject([
    { kind: "capture", amount: 1_000 },
    { kind: "refund", amount: 600, chargeId: charge.id, orderId: "order-1", currency: "USD" },
    { kind: "refund", amount: 400, chargeId: charge.id },
  ]);
});

it("refunds that arrive at once never exceed what was captured", async () => {
  await using gateway = await startTestGateway();
  const { body: charge } = await gateway.charge({ amount: 1_000 });
  const keys = Array.from({ length: 10 }, (_, at) => `refund-${at}`);
  const replies = await Promise.all(
    keys.map((idempotencyKey) => gateway.refund({ chargeId: charge.id, amount: 300, idempotencyKey })),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(7);
});

it("an unknown charge is 404", async () => {
  await using gateway = await startTestGateway();
  const { status, body } = await gateway.refund({ chargeId: "ch_nobody" });
  expect([status, body.error.code]).toEqual([404, "charge_not_found"]);
});

it("a declined charge cannot be refunded", async () => {
  await using gateway = await startTestGateway();
  await gateway.charge({ token: "tok_chargeDeclined" });
  const found = await gateway.get("/charges?idempotencyKey=key-1");
  const { status, body } = await gateway.refund({ chargeId: found.body.charges[0]?.id });
  expect([status, body.error.code]).toEqual([422, "charge_not_captured"]);
});
