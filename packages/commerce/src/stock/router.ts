import { refuse } from "@tillstream/eventing";
import { audited, idempotentProcedure, procedureFor, router } from "@tillstream/trpc";
import { identifier, explanation, reason, text, version } from "@tillstream/trpc/input";
import { listCursor, placeNumber } from "@tillstream/trpc/list-cursor";
import { z } from "zod";
import { count, shelfOf } from "./count.ts";
import { readLedger } from "./ledger.ts";
import { assertItem, receive, SHELF_MAX, shelfState } from "./receive.ts";
import { listStock, stockOf } from "./view.ts";

const PAGE_MAX = 200;
/** Far above any delivery, far below what an integer column holds. */
const RECEIPT_MAX = 1_000_000;
const SEARCH_LENGTH_MAX = 200;
const sku = identifier(64);
/** The sku of the last row of the page before. */
const pages = listCursor("stock.list", sku);
/** The id of the last entry of the page before. */
const entries = listCursor("stock.ledger", placeNumber);

export const stockRouter = router({
  list: procedureFor("viewer")
    .input(
      z
        .strictObject({
          /** Words of the product, or how the sku begins. */
          search: text(SEARCH_LENGTH_MAX).optional(),
          availableMax: z.int().min(0).max(RECEIPT_MAX).optional(),
          cursor: pages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit, ...list } }) => {
      const [afterSku] = pages.placeIn(list, cursor) ?? [];
      const rows = await listStock(ctx.db, { ...list, afterSku, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: pages.after(list, last && [last.sku]) };
    }),

  bySku: procedureFor("viewer")
    .input(z.strictObject({ sku }))
    .query(async ({ ctx, input }) => {
      const item = await stockOf(ctx.db, input.sku);
      if (item === undefined) throw refuse("notFound", "UNKNOWN_SKU", `Item ${input.sku} does not exist.`);
      return item;
    }),

  /** Each change of an item, the latest first. */
  ledger: procedureFor("viewer")
    .input(
      z.strictObject({
        sku,
        cursor: entries.input.optional(),
        limit: z.int().min(1).max(PAGE_MAX).default(50),
      }),
    )
    .query(async ({ ctx, input: { sku: of, cursor, limit } }) => {
      await assertItem(ctx.db, of);
      const [before] = entries.placeIn({ sku: of }, cursor) ?? [];
      const rows = await readLedger(ctx.db, { sku: of, before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: entries.after({ sku: of }, last && [Number(last.id)]) };
    }),

  receive: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        sku,
        quantity: z.int("a whole number").min(1, "at least 1").max(RECEIPT_MAX, `at most ${RECEIPT_MAX} at once`),
        reason: explanation(undefined, "enter where it came from"),
        /** The item's `version` that the page showed: at another one nothing is taken in. */
        expectedVersion: version.optional(),
      }),
    )
    .mutation(
      audited({
        about: (input) => ({ subject: input.sku, reason: input.reason }),
        state: (db, input) => shelfState(db, input.sku),
        work: receive,
      }),
    ),

  /** Sets what is on hand, reserved units included, to what was counted. */
  count: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        sku,
        counted: z.int("a whole number").min(0, "at least 0").max(SHELF_MAX, `at most ${SHELF_MAX}`),
        /** How many were on hand by what the page showed: at another number nothing is counted. */
        expected: z.int32("a whole number").min(0, "at least 0").optional(),
        reason,
      }),
    )
    .mutation(
      audited({
        about: (input) => ({ subject: input.sku, reason: input.reason }),
        state: (db, input) => shelfOf(db, input.sku),
        work: count,
      }),
    ),
});
