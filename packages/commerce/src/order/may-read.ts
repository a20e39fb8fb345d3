/** Who may see an order and decide about it as its customer: the signed-in owner, and a visitor with its link. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Clock, SqlExecutor } from "@tillstream/runtime";
import { identifier, text } from "@tillstream/trpc/input";
import { z } from "zod";
import { checkOrderLink } from "./link.ts";

export const orderIdInput = identifier(100);

export const orderAccess = z.strictObject({
  orderId: orderIdInput,
  accessToken: text(200).optional(),
});

/** One answer for "does not exist" and "not yours": callers do not learn which orders exist. */
export const ORDER_NOT_FOUND = refuse(
  "notFound",
  "ORDER_NOT_FOUND",
  "This order does not exist, or this link does not open it.",
);

/** Told only to the holder of a link that was good once. */
const LINK_EXPIRED = refuse("forbidden", "LINK_EXPIRED", "This link has expired. You can have a new one sent to you.");

/** The visitor who asks, and what their links are checked with. */
export interface OrderReader {
  readonly db: SqlExecutor;
  readonly user: { readonly id: string } | null;
  readonly secret: string;
  readonly clock: Clock;
}

export async function assertMayReadOrder(ctx: OrderReader, input: z.output<typeof orderAccess>): Promise<void> {
  const link = input.accessToken === undefined ? "forged" : checkOrderLink(ctx, input.orderId, input.accessToken);
  if (link === "open") return;
  if (ctx.user !== null) {
    const own = await ctx.db.query(
      sql`SELECT FROM orders WHERE id = ${input.orderId} AND customer_id = ${ctx.user.id}`,
    );
    if (own.length > 0) return;
  }
  throw link === "expired" ? LINK_EXPIRED : ORDER_NOT_FOUND;
}
