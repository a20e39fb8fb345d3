/** The port to the carrier, who brings the parcel. What was asked under a key happens once: asked again, it is the same label. */
import type { ShippingAddress } from "../order/index.ts";

export interface Carrier {
  /** Throws `CarrierUnavailableError` when no answer came: ask again under the same key. */
  createLabel(request: LabelRequest, signal: AbortSignal): Promise<CarrierLabel>;
}

export interface LabelRequest {
  readonly orderId: string;
  readonly address: ShippingAddress;
  readonly idempotencyKey: string;
}

export interface CarrierLabel {
  readonly carrier: string;
  readonly trackingNumber: string;
}

export class CarrierUnavailableError extends Error {
  override readonly name = "CarrierUnavailableError";
}
