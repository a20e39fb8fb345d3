/** Records for tests: a charge of 5.00 USD and a refund of 2.00 of it. */
import type { ChargeRecord, RefundRecord } from "./ledger-record.ts";

const common = { orderId: "o", amount: 500, currency: "USD", fingerprint: "f", at: "2026-01-01T00:00:00.000Z" };

export const charge = (id: string): ChargeRecord => ({
  ...common,
  type: "charge",
  id,
  idempotencyKey: `key of ${id}`,
});

export const refund = (id: string, chargeId: string): RefundRecord => ({
  ...common,
  type: "refund",
  id,
  chargeId,
  amount: 200,
  idempotencyKey: `key of ${id}`,
});
