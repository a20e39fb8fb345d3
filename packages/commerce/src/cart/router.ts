import { idempotentProcedure, publicProcedure, requireUser, router } from "@tillstream/trpc";
import { z } from "zod";
import { acceptPrices, addToCart, claimCart, setQuantity } from "./commands.ts";
import { LINES_MAX, quantity, sku } from "./lines.ts";
import { priceChoices, quotePrice } from "../pricing/index.ts";
import { assertMayReadOrder, orderAccess } from "../order/index.ts";
import { readCartPage } from "./page.ts";
import { reorder } from "./reorder.ts";

const minorUnits = z.int32().min(0);
const nothing = z.strictObject({}).prefault({});

/** Merged into `orders`. */
export const reorderRouter = router({
  /** Into the caller's own cart; `notes` say what is not in it as it was ordered, and what has another price now. */
  reorder: idempotentProcedure.input(orderAccess).mutation(async ({ ctx, input }) => {
    await assertMayReadOrder(ctx, input);
    return await reorder(ctx, input.orderId);
  }),
});

/** The cart of the account, or of the guest's cookie. */
export const cartRouter = router({
  get: publicProcedure.input(nothing).query(({ ctx }) => readCartPage(ctx)),

  setQuantity: idempotentProcedure
    .input(z.strictObject({ sku, quantity: quantity(0), seenPrice: minorUnits.optional() }))
    .mutation(async ({ ctx, input }) => await setQuantity(ctx, input)),

  add: idempotentProcedure
    .input(z.strictObject({ sku, quantity: quantity(1), seenPrice: minorUnits.optional() }))
    .mutation(async ({ ctx, input }) => await addToCart(ctx, input)),

  acceptPrices: idempotentProcedure
    .input(
      z.strictObject({
        prices: z
          .array(z.strictObject({ sku, unitPrice: minorUnits }))
          .min(1)
          .max(LINES_MAX),
      }),
    )
    .mutation(async ({ ctx, input }) => await acceptPrices(ctx, input)),

  /** After signing in: the guest's cart of this browser becomes part of the account's. */
  claim: idempotentProcedure
    .use(requireUser)
    .input(nothing)
    .mutation(async ({ ctx }) => await claimCart(ctx)),

  /** What it costs now, and what has to be accepted before it is ordered. */
  quote: publicProcedure.input(z.strictObject(priceChoices).prefault({})).query(async ({ ctx, input }) => {
    const { cartId, version, lines, total, problems } = await readCartPage(ctx);
    const priced = lines.map(({ unitPrice, ...line }) => ({ ...line, unitPrice: unitPrice.amount }));
    return { cartId, version, total, problems, ...(await quotePrice(ctx, priced, input, total.currency)) };
  }),
});
