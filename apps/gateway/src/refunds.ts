/** Refunds. Never more than was captured, also when many arrive at once; one refund per idempotency key. */
import { ok, refused } from "./answers.ts";
import type { Answer } from "./answers.ts";
import { createSingleFlight, fingerprintOf, keyReused } from "./idempotency.ts";
import type { RefundRecord } from "./ledger-record.ts";
import type { GatewayParts } from "./parts.ts";
import type { RefundRequest } from "./requests.ts";

export interface Refunds {
  refund(request: RefundRequest): Promise<Answer>;
}

export function createRefunds({ ledger, faults, webhooks, clock, ids }: GatewayParts): Refunds {
  const flights = createSingleFlight<Answer>();
  /** Minor units per charge whose refund is on its way to disk: they count as refunded already. */
  const reserved = new Map<string, number>();

  function reserve(chargeId: string, amount: number): void {
    const total = (reserved.get(chargeId) ?? 0) + amount;
    if (total === 0) reserved.delete(chargeId);
    else reserved.set(chargeId, total);
  }

  async function execute({ chargeId, amount, idempotencyKey }: RefundRequest, fingerprint: string): Promise<Answer> {
    await faults.pass();
    const stored = ledger.refundByKey(idempotencyKey);
    if (stored) return stored.fingerprint === fingerprint ? ok(viewOf(stored)) : keyReused;
    const charge = ledger.chargeById(chargeId);
    if (!charge) return refused(404, "charge_not_found", "This charge does not exist.", { field: "chargeId" });
    if (charge.decline)
      return refused(422, "charge_not_captured", "This charge was declined; there is nothing to refund.");
    const refundable = charge.amount - ledger.refundedOf(chargeId) - (reserved.get(chargeId) ?? 0);
    if (amount > refundable) {
      return refused(422, "amount_exceeds_captured", "This is more than is left to refund of this charge.", {
        field: "amount",
        refundable,
      });
    }
    const record: RefundRecord = {
      type: "refund",
      id: `re_${ids.next()}`,
      chargeId,
      orderId: charge.orderId,
      amount,
      currency: charge.currency,
      idempotencyKey,
      fingerprint,
      at: clock.now().toISOString(),
    };
    reserve(chargeId, amount);
    try {
      await ledger.append(record);
    } finally {
      reserve(chargeId, -amount);
    }
    webhooks.send("refund.succeeded", viewOf(record));
    return ok(viewOf(record));
  }

  return {
    refund(request) {
      const fingerprint = fingerprintOf([request.chargeId, request.amount]);
      return flights.run(request.idempotencyKey, fingerprint, () => execute(request, fingerprint));
    },
  };
}

function viewOf({ type, fingerprint, ...refund }: RefundRecord) {
  return { ...refund, status: "succeeded" };
}
