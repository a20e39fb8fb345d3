/** The codes for which an order is cancelled and that are not the refusal of a step. The words for them are the readers'. */

/** A fault of our own, in whatever step, kept the checkout from its end. */
export const NOT_COMPLETED = "NOT_COMPLETED";
/** The checkout could not be undone by itself, and a person settled it outside. */
export const SETTLED_BY_HAND = "SETTLED_BY_HAND";
/** The merchant had the checkout undone before the order was confirmed. */
export const STOPPED_BY_MERCHANT = "STOPPED_BY_MERCHANT";
/** The shopper asked for it before anything had left. */
export const CANCELLED_BY_CUSTOMER = "CANCELLED_BY_CUSTOMER";
/** The merchant did, such as where no carrier takes it. */
export const CANCELLED_BY_MERCHANT = "CANCELLED_BY_MERCHANT";
export const RETURNED = "RETURNED";
/** Of the credit that was to pay a part, so much was not there any more; the card was not charged. */
export const CREDIT_GONE = "CREDIT_GONE";

/** The reason of a cancellation that a person requested. */
export function cancelReasonOf({ by, reason }: { readonly by: "customer" | "merchant"; readonly reason: string }) {
  return { code: by === "customer" ? CANCELLED_BY_CUSTOMER : CANCELLED_BY_MERCHANT, message: reason };
}
