/** Refunds all of a charge, even when part of it, or all, has already been refunded elsewhere. */
import type { PaymentGateway, RefundInput, RefundOutcome } from "./gateway.ts";

/** Less is left than was asked for. */
export const AMOUNT_EXCEEDS_CAPTURED = "amount_exceeds_captured";

/** In place of the id of a refund that was made elsewhere: the books say that the money is back, not under which id. */
export function refundIdElsewhere(chargeId: string): string {
  return `elsewhere:${chargeId}`;
}

export interface GiveBack extends RefundInput {
  /** What stands of the charge and is not to be touched, since other refunds give it back, or gave as much as credit. */
  readonly kept?: number;
}

/** The gateway refused the refund: the money has not been refunded, and is not under this key. */
export class RefundRefusedError extends Error {
  override readonly name = "RefundRefusedError";
}

/**
 * Refunds the whole `amount`, or the rest where less is left, under a key that contains the rest: asked again, it is
 * the same refund. Resolves to the refund's id when nothing is left to refund. Throws `PaymentUnavailableError`, and
 * `RefundRefusedError` when the gateway refuses.
 */
export async function giveBackAll(
  gateway: Pick<PaymentGateway, "refund" | "findCapture">,
  { chargeId, amount, idempotencyKey, kept = 0 }: GiveBack,
  signal: AbortSignal,
): Promise<string> {
  const outcome = await gateway.refund({ chargeId, amount, idempotencyKey }, signal);
  if (outcome.kind === "refunded") return outcome.refundId;
  if (outcome.code !== AMOUNT_EXCEEDS_CAPTURED) throw refused(outcome);
  const capture = await gateway.findCapture(chargeId, signal);
  if (capture === undefined) throw refused(outcome);
  const rest = capture.amount - capture.refunded - kept;
  if (rest <= 0) return refundIdElsewhere(chargeId);
  const ofRest = { chargeId, amount: rest, idempotencyKey: `${idempotencyKey}:rest-${rest}` };
  const outcomeOfRest = await gateway.refund(ofRest, signal);
  if (outcomeOfRest.kind === "refunded") return outcomeOfRest.refundId;
  throw refused(outcomeOfRest);
}

function refused({ code, message }: Extract<RefundOutcome, { kind: "refused" }>): Error {
  return new RefundRefusedError(`the gateway refused the refund: ${code} ${message}`);
}
