/** Mails go out after the saga's point of no return, or when the order is over: a sent mail cannot be undone. */
import { defineConsumer, on } from "@tillstream/eventing";
import type { AnyEventDefinition, Consumer, ConsumerHandler, DataOf } from "@tillstream/eventing";
import { loadOrder, OrderCancelled, OrderConfirmed, OrderReturned, OrderShipped } from "../order/index.ts";
import type { OrderForCheckout } from "../order/index.ts";
import type { Mailer } from "./mailer.ts";
import { cancellationLetter, confirmationLetter, returnLetter, shippedLetter } from "./templates.ts";
import type { Letter } from "./templates.ts";

export function mailConsumer(mailer: Mailer): Consumer {
  /** One letter for each event of a type; `kind` keeps apart what is sent about one order. */
  function letter<Definition extends AnyEventDefinition>(
    definition: Definition,
    kind: string,
    write: (order: OrderForCheckout, data: DataOf<Definition>) => Letter,
  ): ConsumerHandler {
    return on(definition, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      const { email: recipient, orderId } = order;
      await mailer.send(tx, { ...write(order, event.data), recipient, orderId, dedupeKey: `${kind}:${event.eventId}` });
    });
  }

  return defineConsumer("mail", [
    letter(OrderConfirmed, "confirmation", confirmationLetter),
    letter(OrderShipped, "shipped", (order, { carrier, trackingNumber }) =>
      shippedLetter(order, carrier, trackingNumber),
    ),
    letter(OrderReturned, "returned", returnLetter),
    letter(OrderCancelled, "cancellation", (order, { reason }) => cancellationLetter(order, reason.code)),
  ]);
}
