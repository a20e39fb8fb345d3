import { idempotentProcedure, publicProcedure, router } from "@tillstream/trpc";
import { z } from "zod";
import { quoteCart, wantedLines } from "../cart/index.ts";
import { placeOrderInput } from "./input.ts";
import { placeOrder } from "./place-order.ts";

export const checkoutRouter = router({
  /** A cart that is an order already answers before the question of who speaks. */
  placeOrder: idempotentProcedure
    .meta({ checksSpeakerItself: true })
    .input(placeOrderInput)
    .mutation(async ({ ctx, input }) => await placeOrder(ctx, input)),
  quote: publicProcedure
    .input(z.strictObject({ lines: wantedLines }))
    .query(({ ctx, input }) => quoteCart(ctx.db, input.lines)),
});
