/** Who may see an order and decide about it as its shopper: the signed-in one whose it is, and whoever has its link. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { identifier, text, toTrpcError } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { z } from "zod";
import { checkOrderLink } from "./link.ts";

export const orderIdInput = identifier(100);

export const orderAccess = z.strictObject({
  orderId: orderIdInput,
  accessToken: text(200).optional(),
});

/** One answer for "does not exist" and "not yours": nobody learns which orders there are. */
export const ORDER_NOT_FOUND = refuse(
  "notFound",
  "ORDER_NOT_FOUND",
  "There is no such order, or this link does not open it.",
);

/** Told only to the holder of a link that was good once. */
const LINK_EXPIRED = refuse("forbidden", "LINK_EXPIRED", "This link has expired. You can have a new one sent to you.");

export async function assertMayReadOrder(ctx: Context, input: z.output<typeof orderAccess>): Promise<void> {
  const link = input.accessToken === undefined ? "forged" : checkOrderLink(ctx, input.orderId, input.accessToken);
  if (link === "open") return;
  if (ctx.user !== null) {
    const own = await ctx.reads.query(
      sql`SELECT FROM orders WHERE id = ${input.orderId} AND customer_id = ${ctx.user.id}`,
    );
    if (own.length > 0) return;
  }
  throw toTrpcError(link === "expired" ? LINK_EXPIRED : ORDER_NOT_FOUND);
}
