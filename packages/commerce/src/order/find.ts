/**
 * The way back to an order for a guest who has lost its link. What is answered, how fast, and what is written for it is the same
 * whether there is such an order or not; the worker sends the mail. The limits count what is asked for, not what is found.
 */
import { fingerprintOf, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { assertWithinLimit, email, text, toTrpcError } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { z } from "zod";
import { checkOrderLink } from "./link.ts";
import { orderIdInput, ORDER_NOT_FOUND } from "./may-read.ts";
import { parseOrderNumber } from "./number.ts";

const NUMBER_LENGTH_MAX = 60;

export const findInput = z.strictObject({
  number: text(NUMBER_LENGTH_MAX).transform((typed, context) => {
    const number = parseOrderNumber(typed);
    if (number !== undefined) return number;
    const message = "has ten letters and digits, such as 7K2MQ-X40VB";
    context.addIssue({ code: "custom", message, params: { rule: "order number" } });
    return z.NEVER;
  }),
  email,
});

export const sendLinkInput = z.strictObject({ orderId: orderIdInput, accessToken: text(200) });

/** There may be a mail, or not. */
export interface LookUp {
  readonly status: "asked";
}

type CommandContext = Context & { readonly idempotencyKey: string };

export async function findOrder(ctx: CommandContext, input: z.output<typeof findInput>): Promise<LookUp | Refusal> {
  await assertWithinAddress(ctx);
  await assertWithinLimit(ctx, ctx.limits.findOrder, `${input.number} ${input.email.toLowerCase()}`);
  return ask(ctx, { name: "orders.find", input }, sql`SELECT ${input.number}::text, ${input.email}::text`);
}

/** A new link for one that was good once. It goes to the address of the order, which is told to nobody. */
export async function sendLink(ctx: CommandContext, input: z.output<typeof sendLinkInput>): Promise<LookUp | Refusal> {
  const { orderId, accessToken } = input;
  await assertWithinAddress(ctx);
  if (checkOrderLink(ctx, orderId, accessToken) === "forged") throw toTrpcError(ORDER_NOT_FOUND);
  await assertWithinLimit(ctx, ctx.limits.findOrder, orderId);
  return ask(ctx, { name: "orders.sendLink", input }, sql`SELECT number, email FROM orders WHERE id = ${orderId}`);
}

async function assertWithinAddress(ctx: Context): Promise<void> {
  if (ctx.callerAddress !== undefined) await assertWithinLimit(ctx, ctx.limits.findAddress, ctx.callerAddress);
}

/** @param who a statement of the number and the address that the link is asked for with */
function ask(ctx: CommandContext, command: { name: string; input: object }, who: Sql): Promise<LookUp | Refusal> {
  const { db, cache, ids, correlationId, idempotencyKey } = ctx;
  return runIdempotent<LookUp>({
    db,
    cache,
    scheduler: systemScheduler,
    command: {
      scope: command.name,
      key: idempotencyKey,
      fingerprint: fingerprintOf(command.input),
      owner: correlationId,
    },
    async work(tx) {
      await tx.query(sql`
        WITH asked(number, email) AS (${who})
        INSERT INTO order_link_requests (id, number, email) SELECT ${ids.next()}, number, email FROM asked`);
      return { status: "asked" };
    },
  });
}
