/** Mails go out after the saga's point of no return, or when the order is over: a sent mail cannot be undone. */
import { defineConsumer, on } from "@tillstream/eventing";
import type { AnyEventDefinition, Consumer, ConsumerHandler, DataOf } from "@tillstream/eventing";
import {
  loadOrder,
  OrderCancelled,
  OrderConfirmed,
  OrderReturned,
  OrderShipped,
  RefundCompleted,
  referTo,
  ShippingAddressCorrected,
} from "../order/index.ts";
import type { OrderForCheckout, OrderLinks, OrderReference } from "../order/index.ts";
import type { Letter } from "./letter.ts";
import type { Mailer } from "./mailer.ts";
import { numberOf, ReturnRequested, ReturnWithdrawn } from "../returns/index.ts";
import {
  addressLetter,
  cancellationLetter,
  confirmationLetter,
  refundLetter,
  returnClosedLetter,
  returnLetter,
  returnRequestedLetter,
  shippedLetter,
} from "./templates.ts";

export function mailConsumer({ mailer, links }: { readonly mailer: Mailer; readonly links: OrderLinks }): Consumer {
  /** One letter for each event of a type; `kind` keeps apart what is sent about one order. */
  function letter<Definition extends AnyEventDefinition>(
    definition: Definition,
    kind: string,
    write: (order: OrderForCheckout, reference: OrderReference, data: DataOf<Definition>) => Letter | null,
  ): ConsumerHandler {
    return on(definition, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      const { email: recipient, orderId } = order;
      if (recipient === null) return; // They asked to be forgotten.
      const written = write(order, referTo(links, orderId), event.data);
      if (written === null) return;
      await mailer.send(tx, {
        ...written,
        recipient,
        orderId,
        sealedFor: order.customerId ?? orderId,
        dedupeKey: `${kind}:${event.eventId}`,
      });
    });
  }

  const { url, returnsAddress } = links.shop;
  return defineConsumer("mail", [
    letter(OrderConfirmed, "confirmation", confirmationLetter),
    letter(OrderShipped, "shipped", (order, reference, { carrier, trackingNumber }) =>
      shippedLetter(order, reference, { carrier, trackingNumber, returnsAddress }),
    ),
    letter(ShippingAddressCorrected, "address", (_order, reference) => addressLetter(reference)),
    letter(OrderReturned, "returned", returnLetter),
    letter(OrderCancelled, "cancellation", (order, reference, { reason }) =>
      cancellationLetter(order, reference, reason.code),
    ),
    letter(ReturnRequested, "return-requested", (order, reference, { returnId, lines }) => {
      const { orderId } = order;
      const page = `${url}/orders/${encodeURIComponent(orderId)}/return/${encodeURIComponent(returnId)}`;
      const labelUrl = `${page}?token=${reference.accessToken}`;
      return returnRequestedLetter(order, reference, {
        number: numberOf({ orderId, returnId }),
        lines,
        labelUrl,
        returnsAddress,
      });
    }),
    // Who withdrew it, or sent everything back, knows of it.
    letter(ReturnWithdrawn, "return-closed", (_order, reference, { by, ...which }) =>
      by === "merchant" ? returnClosedLetter(reference, numberOf(which)) : null,
    ),
    letter(RefundCompleted, "refund", (order, reference, { refundId, ...refund }) => {
      const lines = order.refunds.find((refund) => refund.refundId === refundId)?.lines ?? [];
      return refundLetter(order, reference, { ...refund, lines });
    }),
  ]);
}
