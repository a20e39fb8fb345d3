/** How an order travels: what each method costs, and how many working days it takes from the day of dispatch. Pure. */
import type { DeliveryMethod } from "../order/index.ts";

export interface DeliveryOffer {
  readonly method: DeliveryMethod;
  /** Minor units. */
  readonly amount: number;
  /** Working days on the way. */
  readonly days: { readonly from: number; readonly to: number };
}

const EUROPE = "AT BE CH DE DK ES FI FR GB IE IT NL NO PL PT SE".split(" ");
export const HOME = "US";

/** Standard is free wherever the shop delivers to. The parcels leave from the United States. */
export function deliveryOffers(country: string): readonly DeliveryOffer[] {
  if (country === HOME) {
    return [
      { method: "standard", amount: 0, days: { from: 3, to: 5 } },
      { method: "express", amount: 1_200, days: { from: 1, to: 2 } },
    ];
  }
  const days = EUROPE.includes(country) ? { from: 5, to: 9 } : { from: 6, to: 12 };
  return [
    { method: "standard", amount: 0, days },
    { method: "express", amount: 2_800, days: { from: 2, to: 4 } },
  ];
}

export function deliveryOffer(country: string, method: DeliveryMethod): DeliveryOffer {
  const offer = deliveryOffers(country).find((one) => one.method === method);
  if (offer === undefined) throw new Error(`no delivery by ${method} to ${country}`);
  return offer;
}
