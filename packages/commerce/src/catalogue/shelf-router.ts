/** What the shop's pages show beside lists and products. Merged into `catalogue`. */
import { publicProcedure, router } from "@tillstream/trpc";
import { identifier, nothing } from "@tillstream/trpc/input";
import { z } from "zod";
import { bestSellers, companions, productAddresses, productCards, stockOf } from "./shelf.ts";

const SLUGS_MAX = 24;
const slug = identifier(120);
const limit = z.int().min(1).max(12).default(4);

export const shelfRouter = router({
  cards: publicProcedure
    .input(z.strictObject({ slugs: z.array(slug).max(SLUGS_MAX) }))
    .query(({ ctx, input }) => productCards(ctx.db, input.slugs)),

  companions: publicProcedure
    .input(z.strictObject({ slug, limit }))
    .query(({ ctx, input }) => companions(ctx.db, input.slug, input.limit)),

  /** Slugs, the best first. */
  bestSellers: publicProcedure
    .input(z.strictObject({ limit }).prefault({}))
    .query(({ ctx, input }) => bestSellers(ctx.db, input.limit)),

  /** Of each variant of a product: what a page that stays open asks again. Empty for a product that is not sold. */
  stock: publicProcedure.input(z.strictObject({ slug })).query(({ ctx, input }) => stockOf(ctx.db, input.slug)),

  addresses: publicProcedure.input(nothing).query(({ ctx }) => productAddresses(ctx.db)),
});
