/** The one statement of a placed order: everything that it writes, or nothing. */
import { appendExpressions, claimExpression, metadataOf } from "@tillstream/eventing";
import type { CommandKey, NewEvent } from "@tillstream/eventing";
import { empty, sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import type { Money } from "../catalogue/index.ts";
import { orderNumber, ORDER_STREAM, orderStreamId } from "../order/index.ts";
import type { PlaceOrderContext } from "./context.ts";
import { creditPartOf } from "./input.ts";
import type { PlaceOrderInput } from "./input.ts";
import { callerOf } from "./pace.ts";
import { claimDiscount } from "../pricing/index.ts";
import type { OrderPrice } from "../order/index.ts";
import type { AgreedTerms } from "../pricing/index.ts";
import type { OrderSource } from "./source.ts";

export interface Writes {
  readonly command: CommandKey;
  readonly answer: { readonly orderId: string; readonly total: Money };
  readonly source: OrderSource;
  readonly discount: AgreedTerms["discount"];
  /** As the order's first event has it. */
  readonly price: OrderPrice | null;
  readonly events: readonly NewEvent[];
}

/**
 * Returns one row when the key was free and everything is written, none when it was taken and nothing is. Fails by a
 * constraint when the cart is not open at this version, or was ordered at it, and when the discount went to another order.
 */
export function writeStatement(ctx: PlaceOrderContext, input: PlaceOrderInput, writes: Writes): Sql {
  const { command, answer, source, discount, price, events } = writes;
  const { orderId, total } = answer;
  const claimed = sql`EXISTS (SELECT FROM claimed)`;
  const append = appendExpressions(
    {
      streamId: orderStreamId(orderId),
      streamType: ORDER_STREAM,
      expectedVersion: "new",
      events,
      metadata: metadataOf({ ...ctx, command: command.scope }),
    },
    claimed,
  );
  return sql`
    WITH ${claimExpression(command, answer)}, ${source.isCart ? closing(source, orderId, claimed) : empty}
    ${discount === null ? empty : claimDiscount(discount, orderId, claimed)} placed AS (
      INSERT INTO orders (id, number, version, status, customer_id, email, shipping_address, payment_method, payment_token, card, total, currency, price, credit_part, discount_code,
                          cart_id, cart_version, caller, placed_at, updated_at)
      SELECT ${orderId}, ${orderNumber(orderId)}, ${events.length}::int, 'pending', ${ctx.user?.id ?? null}, ${input.email}, ${JSON.stringify(input.shippingAddress)}::jsonb,
             ${input.payment.method}, ${input.payment.method === "card" ? input.payment.token : null}, ${cardOf(input)}::jsonb, ${total.amount}::int, ${total.currency}, ${price === null ? null : JSON.stringify(price)}::jsonb, ${creditPartOf(input)}::int, ${discount === null ? null : sql`(SELECT code FROM counted)`},
             ${source.cartId}, ${source.isCart ? sql`(SELECT version FROM closed)` : sql`${source.cartVersion}::int`}, ${ctx.user === null ? callerOf(ctx) : null}, now(), now()
      WHERE ${claimed}
    ), lined AS (
      INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
      SELECT ${orderId}, line.ordinal - 1, line.item ->> 'sku', line.item ->> 'name', line.item ->> 'image',
             (line.item ->> 'quantity')::int, (line.item ->> 'unitPrice')::int
      FROM jsonb_array_elements(${JSON.stringify(source.lines)}::jsonb) WITH ORDINALITY AS line(item, ordinal)
      WHERE ${claimed}
    ), ${append}
    SELECT key FROM claimed`;
}

/** A cart that is not open at the version gives none, and an order with a cart but no version is refused by `orders_cart`. */
function closing({ cartId, cartVersion }: OrderSource, orderId: string, claimed: Sql): Sql {
  return sql`closed AS (
      UPDATE carts SET status = 'ordered', order_id = ${orderId}, updated_at = now()
      WHERE id = ${cartId} AND version = ${cartVersion}::int AND status = 'open' AND ${claimed}
      RETURNING version
    ),`;
}

const cardOf = ({ payment }: PlaceOrderInput): string | null =>
  payment.method === "card" && payment.card !== undefined ? JSON.stringify(payment.card) : null;
