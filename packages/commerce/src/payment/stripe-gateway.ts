/**
 * `PaymentGateway` on Stripe's PaymentIntents, in two calls: create, which moves no money, then confirm.
 *
 * That is what makes a charge findable. Stripe's search is behind by up to an hour, so it cannot say "there is none";
 * but a create that is sent again under its key within 24 hours answers with the same intent, and one that is sent for
 * the first time makes an intent that is never confirmed. So looking for a charge sends the create again and reads the
 * intent: it is found if it ever was, and nothing is charged if it was not. After 24 hours, when Stripe has forgotten
 * the key, the search has long caught up, and is asked too.
 *
 * An account serves one Tillstream: captures without our metadata are not ours and are ignored.
 */
import type Stripe from "stripe";
import type { Capture, ChargeInput, PaymentGateway } from "./gateway.ts";
import { captureOf, chargeIdOf, isOurs, KEY_FIELD, ORDER_FIELD, outcomeOf } from "./stripe-intents.ts";
import {
  cardErrorOutcome,
  isMissing,
  isUnexpectedState,
  refundRefusal,
  translated,
  unknownOutcome,
} from "./stripe-errors.ts";
import { paymentMethodOf } from "./stripe-tokens.ts";

const PAGE_MAX = 100;
const SEARCHED_MAX = 10;

/** @param stripe with a timeout set; its secret key decides between test and live */
export function createStripeGateway(stripe: Stripe, options: { readonly isTest: boolean }): PaymentGateway {
  const { paymentIntents, refunds } = stripe;

  function create(input: ChargeInput, signal: AbortSignal): Promise<Stripe.PaymentIntent> {
    const { orderId, amount, currency, token, idempotencyKey } = input;
    return translated(signal, () =>
      paymentIntents.create(
        {
          amount,
          currency: currency.toLowerCase(),
          payment_method: paymentMethodOf(token, options.isTest),
          automatic_payment_methods: { enabled: true, allow_redirects: "never" },
          metadata: { [ORDER_FIELD]: orderId, [KEY_FIELD]: idempotencyKey },
        },
        { idempotencyKey: `${idempotencyKey}:create` },
      ),
    );
  }

  const retrieve = (id: string, signal: AbortSignal): Promise<Stripe.PaymentIntent> =>
    translated(signal, () => paymentIntents.retrieve(id, { expand: ["latest_charge"] }));

  return {
    async charge(input, signal) {
      try {
        const { id } = await create(input, signal);
        const key = `${input.idempotencyKey}:confirm`;
        const confirmed = await translated(signal, () =>
          paymentIntents.confirm(id, { off_session: true, error_on_requires_action: true }, { idempotencyKey: key }),
        ).catch((error: unknown) => {
          // Confirmed before, under a key that Stripe has forgotten, or at the same moment: its state tells the outcome.
          if (isUnexpectedState(error)) return retrieve(id, signal);
          throw error;
        });
        const outcome = outcomeOf(confirmed);
        if (outcome?.kind === "captured" || outcome?.kind === "declined") return outcome;
        throw unknownOutcome();
      } catch (error) {
        const outcome = cardErrorOutcome(error);
        if (outcome !== undefined) return outcome;
        throw error;
      }
    },

    async findCharge(input, signal) {
      try {
        // A replayed create answers with the intent as it was then: what became of it has to be read.
        const intent = await create(input, signal);
        const outcome = outcomeOf(await retrieve(intent.id, signal));
        if (outcome !== undefined) return outcome;
      } catch (error) {
        const outcome = cardErrorOutcome(error);
        if (outcome !== undefined) return outcome;
        throw error;
      }
      const query = `metadata["${KEY_FIELD}"]:"${input.idempotencyKey.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
      const { data } = await translated(signal, () => paymentIntents.search({ query, limit: SEARCHED_MAX }));
      return data.map(outcomeOf).find((outcome) => outcome?.kind === "captured");
    },

    async refund({ chargeId, amount, idempotencyKey }, signal) {
      try {
        const refund = await translated(signal, () =>
          refunds.create({ payment_intent: chargeId, amount }, { idempotencyKey }),
        );
        if (refund.status !== "failed" && refund.status !== "canceled")
          return { kind: "refunded", refundId: refund.id };
        const message = `The refund ${refund.id} is ${refund.status}.`;
        return { kind: "refused", code: refund.failure_reason ?? "refund_failed", message };
      } catch (error) {
        const refusal = refundRefusal(error);
        if (refusal !== undefined) return refusal;
        throw error;
      }
    },

    async findCapture(chargeId, signal) {
      try {
        return captureOf(await retrieve(chargeId, signal));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    async listCaptures({ since, cursor, limit }, signal) {
      const page = await translated(signal, () =>
        paymentIntents.list({
          created: { gte: Math.floor(since.getTime() / 1_000) },
          limit: Math.min(limit, PAGE_MAX),
          expand: ["data.latest_charge"],
          ...(cursor !== undefined && { starting_after: cursor }),
        }),
      );
      const captures = page.data
        .filter(isOurs)
        .map(captureOf)
        .filter((capture): capture is Capture => capture !== undefined);
      return { captures, nextCursor: page.has_more ? chargeIdOf(page.data.at(-1)) : undefined };
    },
  };
}
