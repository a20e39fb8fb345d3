import { idempotentProcedure, publicProcedure, router } from "@tillstream/trpc";
import { z } from "zod";
import { quoteCart, wantedLines } from "../cart/index.ts";
import { priceChoices, quotePrice } from "../pricing/index.ts";
import { placeOrderInput } from "./input.ts";
import { placeOrder } from "./place-order.ts";

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
