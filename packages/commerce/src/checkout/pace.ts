/**
 * How often a customer may order, and go on after declined cards: a thief who tries stolen ones needs many. An account is counted
 * by itself, guests by the address that they come from.
 */
import { createHmac } from "node:crypto";
import { takeWithin } from "@tillstream/db";
import { limited } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { PlaceOrderContext } from "./context.ts";
import { DECLINE_CODES } from "./card-payment.ts";

/** Tells guests apart by where they come from, and says nothing else; null where that is not known. */
export function callerOf({
  secret,
  callerAddress,
}: Pick<PlaceOrderContext, "secret" | "callerAddress">): string | null {
  if (callerAddress === undefined) return null;
  return createHmac("sha256", secret).update(`caller ${callerAddress}`).digest("base64url");
}

export async function assertUnhurried(ctx: PlaceOrderContext): Promise<void> {
  const caller = callerOf(ctx);
  const who = ctx.user?.id ?? caller;
  if (who === null) return;
  await assertFewDeclines(ctx, caller);
  const waitMs = await takeWithin(ctx.cache, ctx.db, ctx.limits.checkout, who);
  if (waitMs > 0) throw limited(waitMs);
}

/** Declined orders count, no matter which part declined them and when. */
async function assertFewDeclines({ user, db, limits }: PlaceOrderContext, caller: string | null): Promise<void> {
  const { size, refillMs } = limits.declinedCards;
  const theirs = user === null ? sql`customer_id IS NULL AND caller = ${caller}` : sql`customer_id = ${user.id}`;
  const [latest] = await db.query<{ waitMs: number }>(sql`
    SELECT extract(epoch FROM placed_at + ${size * refillMs} * interval '1 ms' - now())::float8 * 1000 AS "waitMs"
    FROM orders WHERE ${theirs} AND placed_at > now() - ${size * refillMs} * interval '1 ms'
      AND payment_method = 'card' AND cancel_reason = ANY(${DECLINE_CODES}::text[])
    ORDER BY placed_at DESC OFFSET ${size - 1} LIMIT 1`);
  if (latest !== undefined) throw limited(latest.waitMs);
}
