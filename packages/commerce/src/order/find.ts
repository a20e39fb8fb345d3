/**
 * The way back to an order for a guest who has lost its link. What is answered, how fast, and what is written for it is the same
 * whether there is such an order or not; the worker sends the mail.
 */
import { command } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { IdGenerator, Sql } from "@tillstream/runtime";
import { email, text } from "@tillstream/trpc/input";
import { z } from "zod";
import { checkOrderLink } from "./link.ts";
import type { OrderLinks } from "./link.ts";
import { orderIdInput, ORDER_NOT_FOUND } from "./may-read.ts";
import { parseOrderNumber } from "./read-number.ts";

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

interface FindContext extends CommandContext {
  readonly ids: IdGenerator;
}

export function findOrder(context: FindContext, input: z.output<typeof findInput>): Promise<LookUp> {
  return ask(context, { scope: "orders.find", input }, sql`SELECT ${input.number}::text, ${input.email}::text`);
}

/** Refuses a link that is not one of ours: it cannot be exchanged for another. */
export function assertOurLink(
  links: Pick<OrderLinks, "secret" | "clock">,
  { orderId, accessToken }: z.output<typeof sendLinkInput>,
): void {
  if (checkOrderLink(links, orderId, accessToken) === "forged") throw ORDER_NOT_FOUND;
}

/** A new link for an expired one. It goes to the address of the order, which is not revealed; an order whose customer was erased has none. */
export function sendLink(context: FindContext, input: z.output<typeof sendLinkInput>): Promise<LookUp> {
  const who = sql`SELECT number, email FROM orders WHERE id = ${input.orderId} AND email IS NOT NULL`;
  return ask(context, { scope: "orders.sendLink", input }, who);
}

/** @param who a statement of the number and the address that the link is asked for with */
function ask(context: FindContext, spec: { scope: string; input: object }, who: Sql): Promise<LookUp> {
  return command(context, { ...spec, appendsNothing: true }, async (tx) => {
    await tx.query(sql`
      WITH asked(number, email) AS (${who})
      INSERT INTO order_link_requests (id, number, email) SELECT ${context.ids.next()}, number, email FROM asked`);
    return { status: "asked" };
  });
}
