/** What may be ordered: every size bounded, every field named in its error. */
import { email, text } from "@tillstream/trpc";
import { z } from "zod";
import { shippingAddress } from "./shipping-address.ts";

export const LINES_MAX = 100;
export const QUANTITY_MAX = 999;
/** The shop sells in one currency. */
export const SHOP_CURRENCY = "USD";
const SKU_LENGTH_MAX = 64;

const currency = z.literal(SHOP_CURRENCY, `this shop sells in ${SHOP_CURRENCY} only`);

const cartLine = z.strictObject({
  sku: text(SKU_LENGTH_MAX).min(1, "sku is required"),
  quantity: z.int("a whole number").min(1, "at least 1").max(QUANTITY_MAX, `at most ${QUANTITY_MAX} of one item`),
});

export const cartLines = z
  .array(cartLine)
  .min(1, "at least one line")
  .max(LINES_MAX, `at most ${LINES_MAX} lines`)
  .check(({ value, issues }) => {
    // Lines of one item are one line in the order, so that the limit is on their sum.
    const ordered = new Map<string, number>();
    value.forEach(({ sku, quantity }, index) => {
      const sum = (ordered.get(sku) ?? 0) + quantity;
      ordered.set(sku, sum);
      if (sum <= QUANTITY_MAX) return;
      const message = `at most ${QUANTITY_MAX} of one item`;
      issues.push({
        code: "too_big",
        origin: "number",
        maximum: QUANTITY_MAX,
        input: sum,
        path: [index, "quantity"],
        message,
      });
    });
  });

export const placeOrderInput = z.strictObject({
  lines: cartLines,
  email,
  shippingAddress,
  payment: z.discriminatedUnion(
    "method",
    [
      z.strictObject({
        method: z.literal("card"),
        token: z.string().regex(/^(tok|pm)_\w{1,60}$/, "a card token, such as tok_visa"),
      }),
      z.strictObject({ method: z.literal("account") }),
    ],
    "pay by card or from the account",
  ),
  currency: currency.optional(),
  /** What the shopper saw. When the shop's prices lead to another total, the order is not placed. */
  expectedTotal: z.strictObject({ amount: z.int().min(0), currency }).optional(),
});

export type PlaceOrderInput = z.output<typeof placeOrderInput>;
export type CartLine = z.output<typeof cartLine>;

/** One line for each sku, quantities added up, in the order of first appearance. */
export function mergeLines(lines: readonly CartLine[]): CartLine[] {
  const merged = new Map<string, number>();
  for (const { sku, quantity } of lines) merged.set(sku, (merged.get(sku) ?? 0) + quantity);
  return [...merged].map(([sku, quantity]) => ({ sku, quantity }));
}
