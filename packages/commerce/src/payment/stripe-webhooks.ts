/** Webhooks of Stripe: signature and age are checked by Stripe's own library. */
import Stripe from "stripe";
import { z } from "zod";
import { WEBHOOK_TOLERANCE_MS } from "./simulated-webhooks.ts";
import { ORDER_FIELD } from "./stripe-intents.ts";
import { parseWebhook, providerId, WebhookRefusedError } from "./webhook-source.ts";
import type { WebhookSource } from "./webhook-source.ts";

const TOO_OLD = "Timestamp outside the tolerance zone";

/** Of whatever an event is about, only whether it leads to an intent: everything else, personal data too, is left out. */
const event = z.object({
  id: providerId,
  type: providerId,
  data: z.object({
    object: z.object({
      object: z.string(),
      id: providerId.optional(),
      payment_intent: providerId.nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

export function stripeWebhooks(stripe: Pick<Stripe, "webhooks">, secret: string): WebhookSource {
  return {
    read(body, headers, now) {
      const header = headers.get("stripe-signature") ?? "";
      try {
        stripe.webhooks.constructEvent(body, header, secret, WEBHOOK_TOLERANCE_MS / 1_000, undefined, now.getTime());
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeSignatureVerificationError))
          throw new WebhookRefusedError("malformed", "The body could not be understood.");
        const isOld = error.message.includes(TOO_OLD);
        throw new WebhookRefusedError(isOld ? "expired" : "forged", "The signature is not valid.");
      }
      const { id, type, data } = parseWebhook(body, event);
      const { object, payment_intent, metadata, id: objectId } = data.object;
      const chargeId = object === "payment_intent" ? objectId : (payment_intent ?? undefined);
      return { id, type, chargeId, orderId: metadata?.[ORDER_FIELD] };
    },
  };
}
