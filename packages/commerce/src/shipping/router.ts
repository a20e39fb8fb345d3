import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { audited, idempotentProcedure, procedureFor, router } from "@tillstream/trpc";
import { identifier, explanation } from "@tillstream/trpc/input";
import { listCursor, placeNumber } from "@tillstream/trpc/list-cursor";
import { z } from "zod";
import { assertMayReadOrder, orderAccess, readOrderState, withoutCustomers } from "../order/index.ts";
import { cancelForMerchant, requestCancellation } from "./cancel.ts";
import { listReturns } from "./list-returns.ts";
import { readShipment } from "./repository.ts";
import { receiveReturn } from "./returns.ts";

const REASON_MAX = 200;
const PAGE_MAX = 100;
const orderId = identifier(100);
/** The position of the last one of the page before. */
const pages = listCursor("orders.returns", placeNumber);
const reason = (missing: string) => explanation(REASON_MAX, missing);

interface AboutOrder {
  readonly orderId: string;
  readonly reason: string;
}

const orderAndShipment = {
  redact: async <Input extends AboutOrder>(db: SqlExecutor, input: Input) => ({
    ...input,
    reason: await withoutCustomers(db, sql`id = ${input.orderId}`, input.reason),
  }),
  about: (input: AboutOrder) => ({ subject: input.orderId, reason: input.reason }),
  state: async (db: SqlExecutor, input: AboutOrder) => ({
    order: await readOrderState(db, input.orderId),
    shipment: (await readShipment(db, input.orderId))?.status,
  }),
};

/** The shopper's side: merged into `orders`. */
export const shippingShopRouter = router({
  /** By its customer, or by a visitor with its link. A pending order is refused: it is settled in a moment. */
  cancel: idempotentProcedure.input(orderAccess).mutation(async ({ ctx, input }) => {
    await assertMayReadOrder(ctx, input);
    return await requestCancellation(ctx, input.orderId);
  }),
});

/** The merchant's side: merged into `orders`. */
export const shippingRouter = router({
  shipment: procedureFor("viewer")
    .input(z.strictObject({ orderId }))
    .query(({ ctx, input }) => readShipment(ctx.db, input.orderId)),

  /** While nothing has left, whatever the order waits for: it is paid back and never sent. */
  cancel: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(z.strictObject({ orderId, reason: reason("enter why it is cancelled") }))
    .mutation(audited({ ...orderAndShipment, work: cancelForMerchant })),

  /** Parcels that came back, the latest first. */
  returns: procedureFor("viewer")
    .input(
      z
        .strictObject({
          cursor: pages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit } }) => {
      const [before] = pages.placeIn({}, cursor) ?? [];
      const rows = await listReturns(ctx.db, { before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: pages.after({}, last && [last.position]) };
    }),

  receiveReturn: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(z.strictObject({ orderId, reason: reason("enter why it came back") }))
    .mutation(audited({ ...orderAndShipment, work: receiveReturn })),
});
