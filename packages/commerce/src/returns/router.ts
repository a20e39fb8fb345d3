import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { audited, idempotentProcedure, procedureFor, publicProcedure, router } from "@tillstream/trpc";
import { explanation, identifier, instant } from "@tillstream/trpc/input";
import { listCursor } from "@tillstream/trpc/list-cursor";
import { z } from "zod";
import { quoteRefund } from "../checkout/index.ts";
import { assertMayReadOrder, orderAccess, readOrderState, withoutCustomers } from "../order/index.ts";
import { readAftercare } from "./aftercare.ts";
import { closeReturn, receiveReturnedLines, requestReturn, withdrawReturn } from "./commands.ts";
import { listReturns, RETURNS_MAX } from "./repository.ts";
import { RETURN_REASONS } from "./return.ts";

const REASON_MAX = 200;
const LINES_MAX = 100;
const UNITS_MAX = 1_000_000;
const PAGE_MAX = 100;
const orderId = identifier(100);
const returnId = identifier(120);
const units = { sku: identifier(64), quantity: z.int("a whole number").min(1, "at least 1").max(UNITS_MAX) };

/** @param names what no two lines may have in common */
function lines<Line extends z.ZodType>(line: Line, names: (line: z.output<Line>) => string, max = LINES_MAX) {
  return z
    .array(line)
    .min(1, "choose at least one line")
    .max(max)
    .refine((all) => new Set(all.map(names)).size === all.length, {
      error: "name each line once",
      params: { rule: "unique" },
    });
}

/** The shopper's side, for guests by their link: merged into `orders`. */
export const returnsShopRouter = router({
  /** Where the order goes, and what comes back of it. */
  aftercare: publicProcedure.input(orderAccess).query(async ({ ctx, input }) => {
    await assertMayReadOrder(ctx, input);
    return readAftercare(ctx.db, input.orderId, ctx.shop);
  }),

  /** What these units would pay back, with their shares of discount, delivery and tax. */
  quoteReturn: publicProcedure
    .input(orderAccess.extend({ lines: lines(z.strictObject(units), ({ sku }) => sku) }))
    .query(async ({ ctx, input }) => {
      await assertMayReadOrder(ctx, input);
      return quoteRefund(ctx.db, input);
    }),

  requestReturn: idempotentProcedure
    .input(
      orderAccess.extend({
        lines: lines(z.strictObject({ ...units, reason: z.enum(RETURN_REASONS, "choose a reason") }), ({ sku }) => sku),
        to: z.enum(["card", "credit"], "refund to card or credit"),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await assertMayReadOrder(ctx, input);
      return await requestReturn(ctx, input);
    }),

  /** Until it has been received. */
  withdrawReturn: idempotentProcedure.input(orderAccess.extend({ returnId })).mutation(async ({ ctx, input }) => {
    await assertMayReadOrder(ctx, input);
    return await withdrawReturn(ctx, input);
  }),
});

/** Of the last one of the page before. */
const pages = listCursor("orders.announcedReturns", instant, returnId);

interface AboutReturn {
  readonly orderId: string;
  readonly returnId: string;
}

interface Closing extends AboutReturn {
  readonly reason: string;
}

const orderAndReturn = async (db: SqlExecutor, about: AboutReturn) => ({
  order: await readOrderState(db, about.orderId),
  returns: (await listReturns(db, { orderId: about.orderId, limit: RETURNS_MAX })).map(({ returnId: id, status }) => ({
    returnId: id,
    status,
  })),
});

/** The merchant's side: merged into `orders`. */
export const returnsRouter = router({
  /** What customers announced that they send back, the latest first. */
  announcedReturns: procedureFor("viewer")
    .input(
      z
        .strictObject({
          orderId: orderId.optional(),
          status: z.enum(["requested", "withdrawn", "refunded", "received"]).optional(),
          cursor: pages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit, ...filter } }) => {
      const place = pages.placeIn(filter, cursor);
      const after = place && { requestedAt: place[0], returnId: place[1] };
      const rows = await listReturns(ctx.db, { ...filter, after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: pages.after(filter, last && [last.requestedAt, last.returnId]) };
    }),

  /** What came of it is refunded; each line goes back on the shelf or is written off. */
  receiveReturnedLines: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        orderId,
        returnId,
        lines: lines(
          z.strictObject({ ...units, restock: z.boolean() }),
          ({ sku, restock }) => `${sku} ${restock}`,
          2 * LINES_MAX,
        ),
      }),
    )
    .mutation(
      audited({
        about: (input: AboutReturn) => ({ subject: input.orderId, reason: "announced lines came back" }),
        state: orderAndReturn,
        work: receiveReturnedLines,
      }),
    ),

  /** For one that does not come: its units can be announced again. */
  closeReturn: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(z.strictObject({ orderId, returnId, reason: explanation(REASON_MAX, "enter why it is closed") }))
    .mutation(
      audited({
        redact: async (db, input: Closing) => ({
          ...input,
          reason: await withoutCustomers(db, sql`id = ${input.orderId}`, input.reason),
        }),
        about: (input: Closing) => ({ subject: input.orderId, reason: input.reason }),
        state: orderAndReturn,
        work: closeReturn,
      }),
    ),
});
