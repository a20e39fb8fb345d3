/** When an order is expected: it leaves by the shop's calendar, and is on the way for working days. Pure. */
import type { DispatchRule } from "../settings.ts";
import { dispatchDay, workingDaysAfter } from "../shipping/index.ts";
import type { DeliveryMethod } from "../order/index.ts";
import { deliveryOffer, HOME } from "./delivery.ts";
import type { DeliveryOffer } from "./delivery.ts";

/** The first and the last day, as `2026-12-01`. */
export interface Arrival {
  readonly from: string;
  readonly to: string;
}

export function arrivalOf(orderedAt: Date, { days }: Pick<DeliveryOffer, "days">, rule: DispatchRule): Arrival {
  const { day } = dispatchDay(orderedAt, rule);
  return { from: workingDaysAfter(day, days.from, rule), to: workingDaysAfter(day, days.to, rule) };
}

interface PlacedOrder {
  readonly placedAt: string | Date;
  readonly price: {
    readonly delivery: { readonly method: DeliveryMethod };
    readonly tax: { readonly country: string } | null;
  };
}

/** Of an order as it was placed. Where it goes is told by its tax: there is one for every country but the shop's own. */
export function expectedArrival({ placedAt, price }: PlacedOrder, rule: DispatchRule): Arrival {
  const offer = deliveryOffer(price.tax?.country ?? HOME, price.delivery.method);
  return arrivalOf(new Date(placedAt), offer, rule);
}
