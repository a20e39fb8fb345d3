/** A gateway in the process that declines what is told to and keeps its ledger in the form that the real one answers. */
import type { createSimulatedGateway } from "@tillstream/commerce";
import { capturesOf } from "../gateway-ledger.ts";
import type { LedgerEntry } from "../gateway-ledger.ts";

type PaymentGateway = ReturnType<typeof createSimulatedGateway>;

const DECLINED = "tok_chargeDeclined";
const AT = "2026-01-01T00:00:00.000Z";

export interface TestGateway extends PaymentGateway {
  readonly entries: readonly LedgerEntry[];
}

export function createTestGateway(): TestGateway {
  const entries: LedgerEntry[] = [];
  const charges = new Map<string, string>();
  const captures = () => capturesOf(entries).map((capture) => ({ ...capture, at: new Date(AT) }));
  return {
    entries,
    charge({ orderId, amount, currency, token, idempotencyKey }) {
      if (token === DECLINED)
        return Promise.resolve({ kind: "declined", code: "generic_decline", message: "The card was declined." });
      const chargeId = `ch_${orderId}`;
      if (!charges.has(idempotencyKey))
        entries.push({ id: chargeId, kind: "capture", orderId, amount, currency, at: AT });
      charges.set(idempotencyKey, chargeId);
      return Promise.resolve({ kind: "captured", chargeId });
    },
    refund({ chargeId, amount, idempotencyKey }) {
      const refundId = `re_${idempotencyKey}`;
      const capture = entries.find(({ id }) => id === chargeId);
      if (capture === undefined) return Promise.reject(new Error(`the charge ${chargeId} does not exist`));
      if (!entries.some(({ id }) => id === refundId))
        entries.push({ ...capture, id: refundId, kind: "refund", chargeId, amount });
      return Promise.resolve({ kind: "refunded", refundId });
    },
    findCharge({ idempotencyKey }) {
      const chargeId = charges.get(idempotencyKey);
      return Promise.resolve(chargeId === undefined ? undefined : { kind: "captured", chargeId });
    },
    findCapture: (chargeId) => Promise.resolve(captures().find((capture) => capture.chargeId === chargeId)),
    listCaptures: () => Promise.resolve({ captures: captures(), nextCursor: undefined }),
  };
}
