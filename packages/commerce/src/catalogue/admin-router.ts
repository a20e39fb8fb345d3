import { refuse } from "@tillstream/eventing";
import { actorOf, audited, procedureFor, router } from "@tillstream/trpc";
import { explanation, identifier, line, nothing, text, version } from "@tillstream/trpc/input";
import { z } from "zod";
import { merchantPages, sortedPlace } from "./cursor.ts";
import { addVariant, choices, createProduct } from "./creating.ts";
import { atMost } from "./format-money.ts";
import { priceState, productState, setPrice, updateProduct } from "./editing.ts";
import { listForMerchant, priceHistory, productForMerchant } from "./merchant-view.ts";

const PAGE_MAX = 200;
const SEARCH_LENGTH_MAX = 200;
const DETAILS_MAX = 20;
/** In minor units: so many of one item as an order may have still fit an integer column. */
const PRICE_MAX = 2_000_000;
const NO_REASON = "no reason was given";

const slug = identifier(120);
const sku = identifier(64);
const required = "is required";

const texts = {
  name: line(120).min(1, required),
  category: slug,
  summary: line(300).min(1, required),
  description: text(5_000).min(1, required),
  details: z.array(line(300).min(1, required)).max(DETAILS_MAX, `at most ${DETAILS_MAX}`),
};

const price = z.strictObject({
  amount: z.int("a whole number of minor units").min(1, "at least 1").max(PRICE_MAX, atMost(PRICE_MAX)),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as USD"),
});

/** `new` is where the console's page for a new product is. */
const newSlug = slug
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "small letters, digits and single dashes, such as oak-bowl")
  .refine((typed) => typed !== "new", "is kept for the page of new products");

const variant = z.strictObject({
  sku: sku.regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, "capital letters, digits and single dashes, such as FH-CER-0101"),
  name: line(120).min(1, required),
  price,
  image: text(300),
});

export const adminCatalogueRouter = router({
  /** By name; `search` finds as in the shop, skus included, but corrects nothing. */
  list: procedureFor("viewer")
    .input(
      z
        .strictObject({
          search: text(SEARCH_LENGTH_MAX).optional(),
          cursor: merchantPages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { search, cursor, limit } }) => {
      const after = sortedPlace("name", merchantPages.placeIn({ search }, cursor));
      const { next, ...page } = await listForMerchant(ctx.db, { search, after, limit });
      return { ...page, nextCursor: merchantPages.after({ search }, next) };
    }),

  bySlug: procedureFor("viewer")
    .input(z.strictObject({ slug }))
    .query(async ({ ctx, input }) => {
      const product = await productForMerchant(ctx.db, input.slug);
      if (product === undefined) throw refuse("notFound", "PRODUCT_NOT_FOUND", `There is no product ${input.slug}.`);
      return product;
    }),

  updateProduct: procedureFor("operator")
    .input(z.strictObject({ slug, version, ...texts, reason: explanation().default(NO_REASON) }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.slug, reason: input.reason }),
        state: (db, input) => productState(db, input.slug),
        work: ({ db, user }, { reason, ...edit }) => updateProduct(db, edit, actorOf({ user })),
      }),
    ),

  setPrice: procedureFor("operator")
    .input(z.strictObject({ sku, price, expectedAmount: z.int32().optional(), reason: explanation() }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.sku, reason: input.reason }),
        state: (db, input) => priceState(db, input.sku),
        work: ({ db, user }, input) => setPrice(db, input, actorOf({ user })),
      }),
    ),

  /** What a new product is chosen from: categories, pictures, the currency. */
  choices: procedureFor("viewer")
    .input(nothing)
    .query(({ ctx }) => choices(ctx.db)),

  createProduct: procedureFor("operator")
    .input(z.strictObject({ slug: newSlug, ...texts, variant, reason: explanation().default(NO_REASON) }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.slug, reason: input.reason }),
        state: (db, input) => productState(db, input.slug),
        work: ({ db, user }, { reason, ...product }) => createProduct(db, product, actorOf({ user })),
      }),
    ),

  addVariant: procedureFor("operator")
    .input(z.strictObject({ slug, variant, reason: explanation().default(NO_REASON) }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.variant.sku, reason: input.reason }),
        state: (db, input) => priceState(db, input.variant.sku),
        work: ({ db }, input) => addVariant(db, input),
      }),
    ),

  /** The latest first. */
  priceHistory: procedureFor("viewer")
    .input(z.strictObject({ sku }))
    .query(async ({ ctx, input }) => {
      const prices = await priceHistory(ctx.db, input.sku);
      if (prices === undefined) throw refuse("notFound", "UNKNOWN_SKU", `Item ${input.sku} does not exist.`);
      return { items: prices };
    }),
});
