/** Who may see an order and decide about it as its shopper: the signed-in one whose it is, and whoever has its link. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { identifier, text, toTrpcError } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { z } from "zod";
import { mayReadOrder } from "./access.ts";

export const orderAccess = z.strictObject({
  orderId: identifier(100),
  accessToken: text(200).optional(),
});

/** One answer for "does not exist" and "not yours": nobody learns which orders there are. */
export const ORDER_NOT_FOUND = refuse(
  "notFound",
  "ORDER_NOT_FOUND",
  "There is no such order, or this link does not open it.",
);

export async function assertMayReadOrder(ctx: Context, input: z.output<typeof orderAccess>): Promise<void> {
  if (input.accessToken !== undefined && mayReadOrder(ctx.secret, input.orderId, input.accessToken)) return;
  if (ctx.user !== null) {
    const own = await ctx.db.query(
      sql`SELECT FROM orders WHERE id = ${input.orderId} AND customer_id = ${ctx.user.id}`,
    );
    if (own.length > 0) return;
  }
  throw toTrpcError(ORDER_NOT_FOUND);
}
