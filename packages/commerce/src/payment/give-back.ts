/** Giving back all of a charge, whoever else may have given back a part of it, or all, already. */
import type { PaymentGateway, RefundInput, RefundOutcome } from "./gateway.ts";

/** Less stands than was asked for. */
export const AMOUNT_EXCEEDS_CAPTURED = "amount_exceeds_captured";

/** Stands for the id of a refund that somebody else gave: the books say that the money is back, not under which id. */
export function refundIdElsewhere(chargeId: string): string {
  return `elsewhere:${chargeId}`;
}

/**
 * Asks for the whole `amount`, and where less stands for the rest, under a key that holds the rest: asked again, it is
 * the same refund. Resolves to the refund's id when nothing stands any more. Throws `PaymentUnavailableError`, and an
 * error when the gateway refuses: then nobody has given the money back.
 */
export async function giveBackAll(
  gateway: Pick<PaymentGateway, "refund" | "findCapture">,
  { chargeId, amount, idempotencyKey }: RefundInput,
  signal: AbortSignal,
): Promise<string> {
  const outcome = await gateway.refund({ chargeId, amount, idempotencyKey }, signal);
  if (outcome.kind === "refunded") return outcome.refundId;
  if (outcome.code !== AMOUNT_EXCEEDS_CAPTURED) throw refused(outcome);
  const capture = await gateway.findCapture(chargeId, signal);
  if (capture === undefined) throw refused(outcome);
  const rest = capture.amount - capture.refunded;
  if (rest <= 0) return refundIdElsewhere(chargeId);
  const ofRest = { chargeId, amount: rest, idempotencyKey: `${idempotencyKey}:rest-${rest}` };
  const outcomeOfRest = await gateway.refund(ofRest, signal);
  if (outcomeOfRest.kind === "refunded") return outcomeOfRest.refundId;
  throw refused(outcomeOfRest);
}

function refused({ code, message }: Extract<RefundOutcome, { kind: "refused" }>): Error {
  return new Error(`the gateway refused the refund: ${code} ${message}`);
}
