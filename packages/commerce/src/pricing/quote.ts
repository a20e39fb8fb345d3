/** What an order of some goods would cost as it stands, and what else could be chosen: the page works out nothing itself. */
import { Refusal } from "@tillstream/eventing";
import type { Clock, SqlExecutor } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { readDispatchRule } from "../settings.ts";
import { arrivalOf } from "./arrival.ts";
import type { Arrival } from "./arrival.ts";
import { deliveryOffer, deliveryOffers, HOME } from "./delivery.ts";
import { discountCustomer, readDiscount } from "./discount.ts";
import type { DiscountClaim } from "./discount.ts";
import { goodsOf, priceOf, showPrice } from "../order/index.ts";
import type { DeliveryMethod, PricedLine, PriceTerms, ShownPrice } from "../order/index.ts";
import { taxBasisPoints } from "./tax.ts";

/** What the shopper has chosen. */
export interface PriceChoices {
  /** ISO 3166 code of where it goes. */
  readonly country?: string | undefined;
  readonly delivery?: DeliveryMethod | undefined;
  readonly discountCode?: string | undefined;
}

export interface PricingContext {
  readonly db: SqlExecutor;
  readonly user: { readonly email: string } | null;
  /** The guest's, once they order: a quote does not tell who has bought here. */
  readonly email?: string | undefined;
  readonly secret: string;
  readonly shop: { readonly taxIsAdded: boolean };
}

export interface AgreedTerms extends PriceTerms {
  readonly discount: DiscountClaim | null;
}

/** Throws a refusal for a code that cannot be used. */
export async function agreeTerms(
  ctx: PricingContext,
  lines: readonly PricedLine[],
  choices: PriceChoices,
  currency: string,
): Promise<AgreedTerms> {
  const { country = HOME, delivery = "standard", discountCode } = choices;
  const who = ctx.user?.email ?? ctx.email;
  const customer = who === undefined ? null : discountCustomer(ctx.secret, who);
  const basisPoints = taxBasisPoints(country) ?? 0;
  return {
    delivery: { method: delivery, amount: deliveryOffer(country, delivery).amount },
    tax: basisPoints === 0 ? null : { country, basisPoints, included: !ctx.shop.taxIsAdded },
    discount:
      discountCode === undefined
        ? null
        : await readDiscount(ctx.db, { code: discountCode, customer, goods: goodsOf(lines), currency }),
  };
}

export interface PriceQuote {
  readonly price: ShownPrice;
  readonly deliveryOffers: readonly {
    readonly method: DeliveryMethod;
    readonly amount: Money;
    /** Working days on the way, from the day of dispatch. */
    readonly days: { readonly from: number; readonly to: number };
    /** When it is expected if it is ordered now. */
    readonly arrives: Arrival;
  }[];
  /** Why the code takes nothing off. */
  readonly discountProblem: { readonly code: string; readonly message: string } | null;
}

/** A code that cannot be used is told, and left out of the price. */
export async function quotePrice(
  ctx: PricingContext & { readonly clock: Clock },
  lines: readonly PricedLine[],
  choices: PriceChoices,
  currency: string,
): Promise<PriceQuote> {
  const { discountCode: _left, ...others } = choices;
  const rule = readDispatchRule();
  const problem = (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, message: error.message };
  };
  let discountProblem: PriceQuote["discountProblem"] = null;
  const terms = await agreeTerms(ctx, lines, choices, currency).catch((error: unknown) => {
    discountProblem = problem(error);
    return agreeTerms(ctx, lines, others, currency);
  });
  return {
    price: showPrice(priceOf(lines, terms), currency),
    deliveryOffers: deliveryOffers(choices.country ?? HOME).map(({ method, amount, days }) => ({
      method,
      amount: { amount, currency },
      days,
      arrives: arrivalOf(ctx.clock.now(), { days }, rule),
    })),
    discountProblem,
  };
}
