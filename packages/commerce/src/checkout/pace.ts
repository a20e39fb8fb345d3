/**
 * How often somebody may order, and go on after declined cards: whoever tries stolen ones needs many. An account is counted
 * by itself, guests by the address that they come from.
 */
import { createHmac } from "node:crypto";
import type { Refusal } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { limited, refusalByLimit } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { DECLINE_CODES } from "./card-payment.ts";

/** Tells guests apart by where they come from, and says nothing else; null where that is not known. */
export function callerOf({ secret, callerAddress }: Pick<Context, "secret" | "callerAddress">): string | null {
  if (callerAddress === undefined) return null;
  return createHmac("sha256", secret).update(`caller ${callerAddress}`).digest("base64url");
}

export async function refusalToHurry(ctx: Context): Promise<Refusal | undefined> {
  const caller = callerOf(ctx);
  const who = ctx.user?.id ?? caller;
  if (who === null) return undefined;
  return (await refusalByDeclines(ctx, caller)) ?? refusalByLimit(ctx, ctx.limits.checkout, who);
}

/** What was declined stands in the orders, whoever declined it and when. */
async function refusalByDeclines(
  { user, reads, limits }: Context,
  caller: string | null,
): Promise<Refusal | undefined> {
  const { size, refillMs } = limits.declinedCards;
  const theirs = user === null ? sql`customer_id IS NULL AND caller = ${caller}` : sql`customer_id = ${user.id}`;
  const [latest] = await reads.query<{ waitMs: number }>(sql`
    SELECT extract(epoch FROM placed_at + ${size * refillMs} * interval '1 ms' - now())::float8 * 1000 AS "waitMs"
    FROM orders WHERE ${theirs} AND placed_at > now() - ${size * refillMs} * interval '1 ms'
      AND payment_method = 'card' AND cancel_reason = ANY(${DECLINE_CODES}::text[])
    ORDER BY placed_at DESC OFFSET ${size - 1} LIMIT 1`);
  return latest === undefined ? undefined : limited(latest.waitMs);
}
