import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import {
  actorOf,
  assertWithinLimit,
  audited,
  idempotentProcedure,
  procedureFor,
  publicProcedure,
  router,
  signedInProcedure,
  withActorNames,
} from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { identifier, instant, line, explanation, prose, timeOrder } from "@tillstream/trpc/input";
import { FOREIGN_CURSOR, listCursor } from "@tillstream/trpc/list-cursor";
import { tracked } from "@trpc/server";
import { z } from "zod";
import { changeAttention, HELD_BY_OPERATOR } from "./attention.ts";
import { assertOurLink, findInput, findOrder, sendLink, sendLinkInput } from "./find.ts";
import { REFUND_TARGETS } from "./refund-targets.ts";
import type { RefundTarget } from "./refund-targets.ts";
import { assertMayReadOrder, ORDER_NOT_FOUND, orderAccess, orderIdInput } from "./may-read.ts";
import { addNote, notesState, readNotes, removeNote } from "./notes.ts";
import { PLACED_BY } from "./placed-by.ts";
import { readOrderPage, readOrderPages, toOrderPage } from "./page.ts";
import { listOrderViews, readOrderViews } from "./projections/order-view.ts";
import { withoutCustomers } from "./redact.ts";
import { ADDRESS_VERSION, orderStreamId, readOrderState } from "./repository.ts";
import { SEARCH_LENGTH_MAX } from "./search.ts";
import { unlistedOrder } from "./unlisted.ts";
import { watchAll, watchAllInput } from "./watch-all.ts";
import { watchOrders } from "./watch.ts";
import { customersOf, refundedBy } from "./who.ts";

const PAGE_MAX = 100;
const REASON_MAX = 200;
const NOTE_MAX = 1_000;
const reason = explanation(REASON_MAX);
const orderId = orderIdInput;
/** The id of the last order of the page before: orders may be placed within one millisecond, so a time would not do. */
const ownPages = listCursor("orders.mine", orderId);
/** The questions that the note answers: one that came in meanwhile is not among them. */
const attentionCodes = z.array(identifier(60)).min(1).max(20);

async function assertFewFromAddress(ctx: Context): Promise<void> {
  if (ctx.callerAddress !== undefined) await assertWithinLimit(ctx, ctx.limits.findAddress, ctx.callerAddress);
}

export const ordersRouter = router({
  byId: publicProcedure.input(orderAccess).query(async ({ ctx, input }) => {
    await assertMayReadOrder(ctx, input);
    const page = await readOrderPage(ctx.db, input.orderId);
    if (page === undefined) throw ORDER_NOT_FOUND;
    return page;
  }),

  /** The order now and after each change; an event's id is the order's version, so a reconnect resumes after it. */
  watch: publicProcedure
    .input(
      orderAccess.extend({
        lastEventId: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      await assertMayReadOrder(ctx, input);
      const afterVersion = input.lastEventId === undefined ? -1 : Number(input.lastEventId);
      const pages = watchOrders({
        db: ctx.db,
        changes: ctx.changes,
        seen: new Map([[input.orderId, afterVersion]]),
        signal: signal ?? new AbortController().signal,
      });
      for await (const page of pages) yield tracked(String(page.version), page);
    }),

  /** The same for several orders over one stream; who comes back says which version of each they have seen. */
  watchAll: publicProcedure
    .input(watchAllInput)
    .subscription(({ ctx, input, signal }) => watchAll(ctx, input.orders, signal ?? new AbortController().signal)),

  /** The limits count what is asked for, not what is found. */
  find: idempotentProcedure.input(findInput).mutation(async ({ ctx, input }) => {
    await assertFewFromAddress(ctx);
    await assertWithinLimit(ctx, ctx.limits.findOrder, `${input.number} ${input.email.toLowerCase()}`);
    return findOrder(ctx, input);
  }),

  sendLink: idempotentProcedure.input(sendLinkInput).mutation(async ({ ctx, input }) => {
    await assertFewFromAddress(ctx);
    assertOurLink(ctx, input);
    await assertWithinLimit(ctx, ctx.limits.findOrder, input.orderId);
    return sendLink(ctx, input);
  }),

  mine: signedInProcedure
    .input(
      z
        .strictObject({
          cursor: ownPages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(20),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input }) => {
      const own = sql`customer_id = ${ctx.user.id}`;
      const list = { customerId: ctx.user.id };
      const [after] = ownPages.placeIn(list, input.cursor) ?? [];
      const last = sql`SELECT placed_at, id FROM orders WHERE id = ${after ?? null} AND ${own}`;
      if (after !== undefined && (await ctx.db.query(last)).length === 0) throw FOREIGN_CURSOR;
      const older = after === undefined ? sql`true` : sql`(placed_at, id) < (${last})`;
      const rows = await ctx.db.query<{ id: string }>(sql`
        SELECT id FROM orders WHERE ${own} AND ${older} ORDER BY placed_at DESC, id DESC LIMIT ${input.limit + 1}`);
      const ids = rows.slice(0, input.limit).map(({ id }) => id);
      const pages = await readOrderPages(ctx.db, ids);
      const ended = rows.length > input.limit ? ids.at(-1) : undefined;
      return {
        items: ids.map((id) => pages.get(id)).filter((page) => page !== undefined),
        nextCursor: ownPages.after(list, ended === undefined ? undefined : [ended]),
      };
    }),
});

/** Of the last order. */
const listPages = listCursor("orders.list", instant, orderId);

const withoutCustomer = (db: SqlExecutor, id: string, said: string) => withoutCustomers(db, sql`id = ${id}`, said);

/** The merchant's side. */
export const adminOrdersRouter = router({
  list: procedureFor("viewer")
    .input(
      z
        .strictObject({
          status: z.enum(["pending", "confirmed", "shipped", "cancelled", "attention"]).optional(),
          /** A number, an e-mail address, a name, or one of the ids that an order goes by. */
          search: line(SEARCH_LENGTH_MAX).min(1).optional(),
          cursor: listPages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
          order: timeOrder,
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit, ...list } }) => {
      const place = listPages.placeIn(list, cursor);
      const after = place && { placedAt: place[0], orderId: place[1] };
      const rows = await listOrderViews(ctx.db, { ...list, after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const ids = items.map(({ orderId: id }) => id);
      const customers = await customersOf(ctx.db, ids);
      return {
        items: items.map((view) => {
          const { customer = null, isOfCredit = false } = customers.get(view.orderId) ?? {};
          return { ...toOrderPage(view), customer, isOfCredit };
        }),
        nextCursor: listPages.after(list, last && [last.placedAt, last.orderId]),
        notYetListed: list.search === undefined ? null : await unlistedOrder(ctx.db, list.search),
      };
    }),

  /** Holds the order until an operator has decided: it is not shipped meanwhile. */
  flagAttention: procedureFor("operator")
    .input(z.strictObject({ orderId, reason }))
    .mutation(
      audited({
        redact: async (db, input) => ({ ...input, reason: await withoutCustomer(db, input.orderId, input.reason) }),
        about: (input) => ({ subject: input.orderId, reason: input.reason }),
        state: (db, input) => readOrderState(db, input.orderId),
        work: (ctx, input) =>
          changeAttention(ctx, input.orderId, { type: "flagAttention", code: HELD_BY_OPERATOR, message: input.reason }),
      }),
    ),

  resolveAttention: procedureFor("operator")
    .input(z.strictObject({ orderId, note: reason, codes: attentionCodes.optional() }))
    .mutation(
      audited({
        redact: async (db, input) => ({ ...input, note: await withoutCustomer(db, input.orderId, input.note) }),
        about: (input) => ({ subject: input.orderId, reason: input.note }),
        state: (db, input) => readOrderState(db, input.orderId),
        work: (ctx, { orderId: id, ...answer }) => changeAttention(ctx, id, { type: "resolveAttention", ...answer }),
      }),
    ),

  /** Seen by staff only, and gone with the order's address. */
  addNote: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(z.strictObject({ orderId, text: prose(NOTE_MAX).min(1, "enter a note") }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.orderId, reason: "a note was added" }),
        state: (db, input) => notesState(db, input.orderId),
        work: ({ db, actor }, input) => addNote(db, input, actor),
      }),
    ),

  removeNote: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(z.strictObject({ orderId, noteId: z.string().regex(/^\d{1,15}$/, "is not the id of a note") }))
    .mutation(
      audited({
        about: (input) => ({ subject: input.orderId, reason: "a note was taken back" }),
        state: (db, input) => notesState(db, input.orderId),
        work: ({ db, actor }, input) => removeNote(db, input, actor),
      }),
    ),

  byId: procedureFor("viewer")
    .input(z.strictObject({ orderId }))
    .query(async ({ ctx, input }) => {
      const view = (await readOrderViews(ctx.db, [input.orderId])).get(input.orderId);
      const rows = await ctx.db.query<OrderedBy>(sql`
        SELECT email, shipping_address AS "shippingAddress", ${ADDRESS_VERSION} AS "addressVersion", ${PLACED_BY} AS "customerId",
          ${REFUND_TARGETS} AS "refundableTo"
        FROM orders WHERE id = ${input.orderId}`);
      const row = rows[0];
      if (row === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", `Order ${input.orderId} does not exist.`);
      const page = view === undefined ? await readOrderPage(ctx.db, input.orderId) : toOrderPage(view);
      return {
        ...row,
        order: page ?? null,
        refundedBy: await withActorNames(ctx.db, await refundedBy(ctx.db, input.orderId), ({ actor }) => actor),
        /** The codes of what a person has to decide. */
        attention: view?.attention ?? [],
        notes: (await readNotes(ctx.db, input.orderId)).map(({ at, writtenBy, ...note }) => ({
          ...note,
          at: at.toISOString(),
          isOwn: writtenBy === actorOf(ctx),
        })),
        streamId: orderStreamId(input.orderId),
        sagaId: `checkout:${input.orderId}`,
      };
    }),
});

/** The customer, of whom nothing is said any more once they are forgotten. */
interface OrderedBy {
  readonly email: string | null;
  readonly shippingAddress: Readonly<Record<string, string>>;
  /** How often it was corrected. */
  readonly addressVersion: number;
  readonly customerId: string | null;
  /** Where a part of it can be paid back to. */
  readonly refundableTo: readonly RefundTarget[];
}
