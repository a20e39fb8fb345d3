/** A gateway in the process: captures, declines what is told to, and keeps a ledger. For the domain's tests; the real process has its own. */
import type { Capture, PaymentGateway } from "../payment/index.ts";

interface LedgerRow {
  chargeId: string;
  orderId: string;
  amount: number;
  refunded: number;
  currency: string;
  at: Date;
}

type TestGateway = PaymentGateway & {
  /** By idempotency key; a test may write into it. */
  readonly ledger: Map<string, LedgerRow>;
};

export function createTestGateway(): TestGateway {
  const ledger = new Map<string, LedgerRow>();
  const refundsByKey = new Map<string, string>();
  const rowOf = (chargeId: string) => [...ledger.values()].find((entry) => entry.chargeId === chargeId);
  return {
    ledger,
    async charge({ orderId, amount, currency, token, idempotencyKey }) {
      if (token === "tok_chargeDeclined")
        return { kind: "declined", code: "generic_decline", message: "The card was declined." };
      const fresh = { chargeId: `ch_${orderId}`, orderId, amount, refunded: 0, currency, at: new Date() };
      const charge = ledger.get(idempotencyKey) ?? fresh;
      ledger.set(idempotencyKey, charge);
      return { kind: "captured", chargeId: charge.chargeId };
    },
    async refund({ chargeId, amount, idempotencyKey }) {
      const earlier = refundsByKey.get(idempotencyKey);
      if (earlier !== undefined) return { kind: "refunded", refundId: earlier };
      const charge = rowOf(chargeId);
      if (charge === undefined)
        return { kind: "refused", code: "charge_not_found", message: "This charge does not exist." };
      if (charge.refunded + amount > charge.amount)
        return { kind: "refused", code: "amount_exceeds_captured", message: "So much was not captured." };
      charge.refunded += amount;
      refundsByKey.set(idempotencyKey, `re_${chargeId}`);
      return { kind: "refunded", refundId: `re_${chargeId}` };
    },
    async findCharge({ idempotencyKey }) {
      const charge = ledger.get(idempotencyKey);
      return charge && { kind: "captured", chargeId: charge.chargeId };
    },
    async findCapture(chargeId) {
      const row = rowOf(chargeId);
      return row && { ...row };
    },
    async listCaptures({ since, cursor = "0", limit }) {
      const rows: Capture[] = [...ledger.values()].filter(({ at }) => at >= since).map((row) => ({ ...row }));
      const end = Number(cursor) + limit;
      return { captures: rows.slice(Number(cursor), end), nextCursor: end < rows.length ? String(end) : undefined };
    },
  };
}

/** The same gateway, at which that much of each charge is refunded by hand before the shop asks for its refund. */
export function refundedByHand(gateway: TestGateway, amount: number): PaymentGateway {
  return {
    ...gateway,
    async refund(input, signal) {
      await gateway.refund({ chargeId: input.chargeId, amount, idempotencyKey: `hand:${input.chargeId}` }, signal);
      return gateway.refund(input, signal);
    },
  };
}
