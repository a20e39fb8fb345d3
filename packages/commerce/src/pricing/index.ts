export { discountsRouter } from "./admin-router.ts";
export { deliveryOffers } from "./delivery.ts";
export { expectedArrival } from "./arrival.ts";
export type { Arrival } from "./arrival.ts";
export { priceChoices } from "./choices.ts";
export { claimDiscount, DISCOUNT_RACES, giveBackDiscount } from "./discount.ts";
export { agreeTerms, quotePrice } from "./quote.ts";
export type { AgreedTerms } from "./quote.ts";
export { TAXED_COUNTRIES } from "./tax.ts";
