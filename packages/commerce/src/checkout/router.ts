import { idempotentProcedure, publicProcedure, router } from "@tillstream/trpc";
import { version } from "@tillstream/trpc/input";
import { z } from "zod";
import { quoteCart, wantedLines } from "../cart/index.ts";
import { assertMayReadOrder, orderAccess } from "../order/index.ts";
import { priceChoices, quotePrice } from "../pricing/index.ts";
import { correctOwnAddress } from "./correct-own-address.ts";
import { placeOrderInput } from "./input.ts";
import { placeOrder } from "./place-order.ts";
import { shippingAddress } from "./shipping-address.ts";

/** The shopper's side of an order's address: merged into `orders`. */
export const addressShopRouter = router({
  /** By its customer, or by a visitor with its link, until the parcel has its label. By the rules of the checkout. */
  correctAddress: idempotentProcedure
    .input(orderAccess.extend({ shippingAddress, expectedVersion: version.optional() }))
    .mutation(async ({ ctx, input }) => {
      await assertMayReadOrder(ctx, input);
      return await correctOwnAddress(ctx, input);
    }),
});

export const checkoutRouter = router({
  /** A cart that is an order already answers before the question of who speaks. */
  placeOrder: idempotentProcedure
    .meta({ checksSpeakerItself: true })
    .input(placeOrderInput)
    .mutation(async ({ ctx, input }) => await placeOrder(ctx, input)),
  quote: publicProcedure
    .input(z.strictObject({ lines: wantedLines, ...priceChoices }))
    .query(async ({ ctx, input: { lines, ...choices } }) => {
      const quote = await quoteCart(ctx.db, lines);
      const priced = quote.lines.map(({ unitPrice, ...line }) => ({ ...line, unitPrice: unitPrice.amount }));
      return { ...quote, ...(await quotePrice(ctx, priced, choices, quote.total.currency)) };
    }),
});
