/**
 * The port to the payment gateway, which moves the money. What was asked under a key happens at most once, so a caller
 * that does not know the outcome asks again under the same key, or looks the key up.
 */
export interface PaymentGateway {
  /**
   * Takes `amount` minor units. A refusal of the card is an outcome; `PaymentUnavailableError` is not:
   * the money may have been taken.
   */
  charge(input: ChargeInput, signal: AbortSignal): Promise<ChargeOutcome>;
  /** Gives back up to what was captured and not refunded yet. `PaymentUnavailableError`: it may have been given. */
  refund(input: RefundInput, signal: AbortSignal): Promise<RefundOutcome>;
  /**
   * What became of this charge, by its key. Never charges. `undefined`: none is known, though one that is still on
   * its way to the gateway may yet arrive. `processing`: ask again.
   */
  findCharge(input: ChargeInput, signal: AbortSignal): Promise<ChargeOutcome | ChargeProcessing | undefined>;
  /** The capture as the gateway's own books have it; `undefined` when they have none under this id. */
  findCapture(chargeId: string, signal: AbortSignal): Promise<Capture | undefined>;
  /** What the gateway's books have captured since an instant, a page at a time. Each capture is on some page. */
  listCaptures(query: CaptureQuery, signal: AbortSignal): Promise<CapturePage>;
}

/** Money that was taken, and how much of it was given back. */
export interface Capture {
  readonly chargeId: string;
  readonly orderId: string;
  /** Minor units. */
  readonly amount: number;
  readonly refunded: number;
  readonly currency: string;
  readonly at: Date;
}

export interface CaptureQuery {
  readonly since: Date;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface CapturePage {
  readonly captures: readonly Capture[];
  readonly nextCursor: string | undefined;
}

export interface ChargeInput {
  readonly orderId: string;
  /** Minor units, above 0. */
  readonly amount: number;
  readonly currency: string;
  /** Stands for a card; never a card number. */
  readonly token: string;
  readonly idempotencyKey: string;
}

export interface RefundInput {
  readonly chargeId: string;
  readonly amount: number;
  readonly idempotencyKey: string;
}

export type ChargeOutcome =
  | { readonly kind: "captured"; readonly chargeId: string }
  | { readonly kind: "declined"; readonly code: string; readonly message: string };

export interface ChargeProcessing {
  readonly kind: "processing";
}

export type RefundOutcome =
  | { readonly kind: "refunded"; readonly refundId: string }
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

/** No answer that says what happened: network, timeout, 5xx. The outcome is unknown; retry under the same key. */
export class PaymentUnavailableError extends Error {
  override readonly name = "PaymentUnavailableError";
}

/** The gateway does not understand us, or a key was reused with another input: a bug, which no retry fixes. */
export class PaymentProtocolError extends Error {
  override readonly name = "PaymentProtocolError";
}
