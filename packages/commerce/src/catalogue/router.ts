import { refuse } from "@tillstream/eventing";
import { publicProcedure, router } from "@tillstream/trpc";
import { identifier } from "@tillstream/trpc/input";
import { z } from "zod";
import { cursorInput } from "./cursor.ts";
import {
  continues,
  countProducts,
  FOREIGN_CURSOR,
  listCategories,
  listProducts,
  productBySlug,
  SORTS,
} from "./queries.ts";

const PAGE_MAX = 100;
const SEARCH_LENGTH_MAX = 200;
const slug = identifier(120);

const filter = z.strictObject({
  /** Whatever was typed: only its letters and digits are looked for. */
  search: z.string().max(SEARCH_LENGTH_MAX).optional(),
  category: slug.optional(),
});

export const catalogueRouter = router({
  list: publicProcedure
    .input(
      filter
        .extend({
          sort: z.enum(SORTS).optional(),
          cursor: cursorInput.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(24),
        })
        .prefault({}),
    )
    .query(({ ctx, input }) => {
      const { search, category, limit } = input;
      const typed = search?.trim() === "" ? undefined : search;
      const sort = input.sort ?? (typed === undefined ? "featured" : "relevance");
      if (input.cursor !== undefined && !continues(sort, input.cursor)) throw FOREIGN_CURSOR;
      return listProducts(ctx.db, { search: typed, category, limit, after: input.cursor, sort });
    }),

  count: publicProcedure.input(filter.prefault({})).query(({ ctx, input }) => {
    const search = input.search?.trim() === "" ? undefined : input.search;
    return countProducts(ctx.db, { search, category: input.category });
  }),

  bySlug: publicProcedure.input(z.strictObject({ slug })).query(async ({ ctx, input }) => {
    const product = await productBySlug(ctx.db, input.slug);
    if (product === undefined)
      throw refuse("notFound", "PRODUCT_NOT_FOUND", "We do not sell this any more, or never did.");
    return product;
  }),

  /** With `search`, the counts are those of its results. */
  categories: publicProcedure
    .input(filter.pick({ search: true }).prefault({}))
    .query(({ ctx, input }) => listCategories(ctx.db, input.search?.trim() === "" ? undefined : input.search)),
});
