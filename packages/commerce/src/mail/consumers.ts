/** Mails go out after the saga's point of no return, or when the order is over: a sent mail cannot be undone. */
import { defineConsumer, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { loadOrder, OrderCancelled, OrderConfirmed, OrderReturned, OrderShipped } from "../order/index.ts";
import type { Mailer } from "./mailer.ts";
import { cancellationLetter, confirmationLetter, returnLetter, shippedLetter } from "./templates.ts";

export function mailConsumer(mailer: Mailer): Consumer {
  return defineConsumer("mail", [
    on(OrderConfirmed, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      await mailer.send(tx, {
        ...confirmationLetter(order),
        recipient: order.email,
        orderId: order.orderId,
        dedupeKey: `confirmation:${event.eventId}`,
      });
    }),
    on(OrderShipped, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      await mailer.send(tx, {
        ...shippedLetter(order, event.data.carrier, event.data.trackingNumber),
        recipient: order.email,
        orderId: order.orderId,
        dedupeKey: `shipped:${event.eventId}`,
      });
    }),
    on(OrderReturned, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      await mailer.send(tx, {
        ...returnLetter(order),
        recipient: order.email,
        orderId: order.orderId,
        dedupeKey: `returned:${event.eventId}`,
      });
    }),
    on(OrderCancelled, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      const refunds = await tx.query(
        sql`SELECT FROM orders WHERE id = ${order.orderId} AND payment_status = 'refunded'`,
      );
      const letter = cancellationLetter(order, event.data.reason.code, refunds.length > 0);
      await mailer.send(tx, {
        ...letter,
        recipient: order.email,
        orderId: order.orderId,
        dedupeKey: `cancellation:${event.eventId}`,
      });
    }),
  ]);
}
