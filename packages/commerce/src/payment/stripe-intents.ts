/** What a PaymentIntent says, in the words of the port. Its id is the charge's. */
import type Stripe from "stripe";
import { z } from "zod";
import type { Capture, ChargeOutcome, ChargeProcessing } from "./gateway.ts";

/** Metadata of our intents. */
export const ORDER_FIELD = "tillstream_order";
export const KEY_FIELD = "tillstream_key";

const isExpanded = z.object({ amount_refunded: z.int(), created: z.int() });

export const isOurs = ({ metadata }: Stripe.PaymentIntent): boolean => metadata[ORDER_FIELD] !== undefined;
export const chargeIdOf = (intent: Stripe.PaymentIntent | undefined): string | undefined => intent?.id;

/** Undefined: nothing was charged under it yet. */
export function outcomeOf(intent: Stripe.PaymentIntent): ChargeOutcome | ChargeProcessing | undefined {
  switch (intent.status) {
    case "succeeded":
      return { kind: "captured", chargeId: intent.id };
    case "processing":
      return { kind: "processing" };
    case "requires_payment_method": {
      const error = intent.last_payment_error;
      if (error === null) return undefined;
      const code = error.decline_code ?? error.code ?? "card_declined";
      return { kind: "declined", code, message: error.message ?? "The card was declined." };
    }
    case "requires_action":
      return {
        kind: "declined",
        code: "authentication_required",
        message: "The bank wants the card's owner to confirm this payment.",
      };
    default:
      return undefined;
  }
}

/** The capture of a succeeded intent of ours, whose `latest_charge` was expanded. */
export function captureOf(intent: Stripe.PaymentIntent): Capture | undefined {
  if (intent.status !== "succeeded" || !isOurs(intent)) return undefined;
  const charge = isExpanded.parse(intent.latest_charge);
  return {
    chargeId: intent.id,
    orderId: intent.metadata[ORDER_FIELD] ?? "",
    amount: intent.amount_received,
    refunded: charge.amount_refunded,
    currency: intent.currency.toUpperCase(),
    at: new Date(charge.created * 1_000),
  };
}
