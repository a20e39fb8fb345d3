/** Stripe's errors in the words of the port: what the card's owner can change, what is unknown, what is a bug. */
import Stripe from "stripe";
import { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
import type { ChargeOutcome, RefundOutcome } from "./gateway.ts";

const TOO_MANY = 429;

/**
 * Carries out a call. Throws the signal's reason when the caller gives up, `PaymentUnavailableError` when no answer
 * says what happened, `PaymentProtocolError` for a bug; errors about the card or the object are passed on as they are.
 */
export async function translated<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  const givenUp = Promise.withResolvers<never>();
  const giveUp = () => givenUp.reject(signal.reason as Error); // the abort carries its reason
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([call(), givenUp.promise]);
  } catch (error) {
    signal.throwIfAborted();
    throw translate(error);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function translate(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const status = error.statusCode ?? 0;
  const isUnknown =
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    status >= 500 ||
    status === TOO_MANY ||
    error.code === "idempotency_key_in_use" ||
    error.code === "lock_timeout";
  if (isUnknown) return new PaymentUnavailableError(`Stripe did not answer: ${error.message}`, { cause: error });
  if (error instanceof Stripe.errors.StripeCardError || error.code !== undefined || error.param !== undefined)
    return error;
  return new PaymentProtocolError(`Stripe refused the call: ${error.message}`, { cause: error });
}

const isAboutObject = (error: unknown): error is InstanceType<typeof Stripe.errors.StripeError> =>
  error instanceof Stripe.errors.StripeError;

export const isMissing = (error: unknown): boolean => isAboutObject(error) && error.code === "resource_missing";

export const isUnexpectedState = (error: unknown): boolean =>
  isAboutObject(error) && error.code === "payment_intent_unexpected_state";

/** The outcome that an error about the card means. Throws `PaymentProtocolError` for another error of Stripe's. */
export function cardErrorOutcome(error: unknown): ChargeOutcome | undefined {
  if (!isAboutObject(error)) return undefined;
  const { code, message } = error;
  if (error instanceof Stripe.errors.StripeCardError)
    return { kind: "declined", code: error.decline_code ?? code ?? "card_declined", message };
  if (error.param === "payment_method")
    return { kind: "declined", code: "invalid_token", message: "This card does not exist." };
  throw new PaymentProtocolError(`Stripe refused the charge: ${code ?? ""}: ${message}`, { cause: error });
}

/** The refusal that an error of a refund means. Throws `PaymentProtocolError` for another error of Stripe's. */
export function refundRefusal(error: unknown): RefundOutcome | undefined {
  if (!isAboutObject(error)) return undefined;
  const { code, param, message } = error;
  const refused = (as: string): RefundOutcome => ({ kind: "refused", code: as, message });
  if (code === "resource_missing") return refused("charge_not_found");
  if (code === "charge_already_refunded" || param === "amount") return refused("amount_exceeds_captured");
  if (code === "payment_intent_unexpected_state" || param === "payment_intent") return refused("charge_not_captured");
  throw new PaymentProtocolError(`Stripe refused the refund: ${code ?? ""}: ${message}`, { cause: error });
}

/** Stripe has something to say about the charge, and it does not say what became of it. */
export const unknownOutcome = (): PaymentUnavailableError =>
  new PaymentUnavailableError("Stripe is still working on the charge");
