import { refuse } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import { publicProcedure, router } from "@tillstream/trpc";
import { identifier, text } from "@tillstream/trpc/input";
import { z } from "zod";
import { shopPages, sortedPlace } from "./cursor.ts";
import { readFacets } from "./facets.ts";
import type { Narrowing } from "./narrowing.ts";
import { countProducts, listCategories, listProducts, productBySlug, SORTS } from "./queries.ts";
import { understand } from "./search.ts";
import { suggest } from "./suggest.ts";

const PAGE_MAX = 100;
const SEARCH_LENGTH_MAX = 200;
const VALUES_MAX = 20;
const slug = identifier(120);
const values = z.union([slug.transform((one) => [one]), z.array(slug).max(VALUES_MAX)]).optional();
const amount = z.int32().min(0).optional();

/** Only its letters and digits are looked for. */
const search = text(SEARCH_LENGTH_MAX);

const filter = z.strictObject({
  search: search.optional(),
  /** One, or any of several; so also colours and materials. */
  category: values,
  colour: values,
  material: values,
  /** Minor units, both ends included. */
  priceMin: amount,
  priceMax: amount,
  /** Only what can be bought now. */
  inStock: z.boolean().optional(),
});

async function narrowingOf(
  db: SqlExecutor,
  { search: typed, category = [], colour = [], material = [], inStock = false, ...prices }: z.output<typeof filter>,
): Promise<Narrowing> {
  const { priceMin, priceMax } = prices;
  const words = await understand(db, typed);
  return { words, categories: category, colours: colour, materials: material, priceMin, priceMax, inStock };
}

/** One text for one list, whatever the order in which it was said. */
const sorted = (said: z.output<typeof filter>) =>
  Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

export const catalogueRouter = router({
  /**
   * With `facets`, what the list can be narrowed to. `search` says how what was typed is understood: `corrected` is what was looked
   * for instead, `others` what may have been meant.
   */
  list: publicProcedure
    .input(
      filter
        .extend({
          sort: z.enum(SORTS).optional(),
          cursor: shopPages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(24),
          facets: z.boolean().optional(),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { sort: asked, cursor, limit, facets, ...filtered } }) => {
      const narrowing = await narrowingOf(ctx.db, filtered);
      const { words } = narrowing;
      const sort = asked ?? (words.kind === "all" ? "featured" : "relevance");
      const list = { sort, ...sorted(filtered) };
      const after = sortedPlace(sort, shopPages.placeIn(list, cursor));
      const { items, next } = await listProducts(ctx.db, { ...narrowing, limit, after, sort });
      return {
        items,
        nextCursor: shopPages.after(list, next),
        search: {
          kind: words.kind,
          corrected: words.kind === "words" ? (words.corrected ?? null) : null,
          others: words.kind === "words" ? words.others : [],
        },
        facets: facets === true ? await readFacets(ctx.db, narrowing) : null,
      };
    }),

  count: publicProcedure
    .input(filter.prefault({}))
    .query(async ({ ctx, input }) => countProducts(ctx.db, await narrowingOf(ctx.db, input))),

  /** While somebody types: products with their pictures, categories, and what was looked for instead. */
  suggest: publicProcedure
    .input(z.strictObject({ text: search }))
    .query(({ ctx, input }) => suggest(ctx.db, input.text)),

  bySlug: publicProcedure.input(z.strictObject({ slug })).query(async ({ ctx, input }) => {
    const product = await productBySlug(ctx.db, input.slug);
    if (product === undefined)
      throw refuse("notFound", "PRODUCT_NOT_FOUND", "We do not sell this any more, or never did.");
    return product;
  }),

  /** With `search`, the counts are those of its results. */
  categories: publicProcedure
    .input(filter.pick({ search: true }).prefault({}))
    .query(async ({ ctx, input }) => listCategories(ctx.db, await understand(ctx.db, input.search))),
});
