import { idempotentProcedure, orThrow, publicProcedure, router } from "@tillstream/trpc";
import { z } from "zod";
import { cartLines, placeOrderInput } from "./input.ts";
import { placeOrder } from "./place-order.ts";
import { quoteCart } from "./quote.ts";

export const checkoutRouter = router({
  placeOrder: idempotentProcedure
    .input(placeOrderInput)
    .mutation(async ({ ctx, input }) => orThrow(await placeOrder(ctx, input))),
  quote: publicProcedure
    .input(z.strictObject({ lines: cartLines }))
    .query(({ ctx, input }) => quoteCart(ctx.db, input.lines)),
});
