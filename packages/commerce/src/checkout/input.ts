/** What may be ordered: every size bounded, every field named in its error. */
import { email, identifier, version } from "@tillstream/trpc/input";
import { z } from "zod";
import { wantedLines } from "../cart/index.ts";
import { atMost, SHOP_CURRENCY } from "../catalogue/index.ts";
import { ORDER_TOTAL_MAX } from "../order/index.ts";
import { priceChoices } from "../pricing/index.ts";
import { shippingAddress } from "./shipping-address.ts";

const currency = z.literal(SHOP_CURRENCY, `this shop sells in ${SHOP_CURRENCY} only`);

const CARD_BRANDS = ["Visa", "Mastercard", "American Express", "Discover"] as const;

/** The cart that the order closes, or, for callers without a cart, its lines. */
const source = {
  lines: wantedLines.optional(),
  cartId: identifier(100).optional(),
  /** The version that was seen: another one is not ordered. */
  cartVersion: version.optional(),
};

export const placeOrderInput = z
  .strictObject({
    ...source,
    /** Who the page believes it speaks for: `guest`, or the id or e-mail address of an account. */
    as: identifier(254).optional(),
    email,
    shippingAddress,
    /** Standard by default. */
    delivery: priceChoices.delivery,
    discountCode: priceChoices.discountCode,
    payment: z.discriminatedUnion(
      "method",
      [
        z.strictObject({
          method: z.literal("card"),
          token: z.string().regex(/^(tok|pm)_\w{1,60}$/, "a card token, such as tok_visa"),
          /** What the provider's form says of the card beside its token: for the receipt, and for nothing else. */
          card: z
            .strictObject({
              brand: z.enum(CARD_BRANDS).optional(),
              lastFour: z.string().regex(/^\d{4}$/, "the last four digits"),
            })
            .optional(),
          /** What store credit pays of the total, for those who are signed in; the card pays the rest. */
          credit: z
            .strictObject({
              amount: z
                .int("a whole number of minor units")
                .min(1, "at least 1")
                .max(ORDER_TOTAL_MAX, atMost(ORDER_TOTAL_MAX)),
              currency,
            })
            .optional(),
        }),
        z.strictObject({ method: z.literal("account") }),
      ],
      "pay by card or from the account",
    ),
    currency: currency.optional(),
    /** What the shopper saw. When the shop's prices lead to another total, the order is not placed. */
    expectedTotal: z.strictObject({ amount: z.int().min(0), currency }).optional(),
  })
  .check(({ value: { lines, cartId, cartVersion }, issues, value }) => {
    const problem = sourceProblem(lines !== undefined, cartId !== undefined, cartVersion !== undefined);
    if (problem !== undefined)
      issues.push({ code: "custom", input: value, params: { rule: "a cart or lines" }, ...problem });
  });

function sourceProblem(lines: boolean, cartId: boolean, cartVersion: boolean) {
  if (lines && (cartId || cartVersion)) return { path: ["lines"], message: "send a cart or lines, not both" };
  if (!lines && !cartId) return { path: ["lines"], message: "send cartId and cartVersion, or lines" };
  if (cartId && !cartVersion) return { path: ["cartVersion"], message: "is required with cartId" };
  return undefined;
}

/** What store credit pays beside a card. */
export const creditPartOf = ({ payment }: Pick<PlaceOrderInput, "payment">): number =>
  payment.method === "card" ? (payment.credit?.amount ?? 0) : 0;

export type PlaceOrderInput = z.output<typeof placeOrderInput>;
