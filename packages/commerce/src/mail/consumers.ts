/** Mails go out after the saga's point of no return, or when the order is over: a sent mail cannot be undone. */
import { defineConsumer, on } from "@tillstream/eventing";
import type { AnyEventDefinition, Consumer, ConsumerHandler, DataOf, RecordedEvent } from "@tillstream/eventing";
import type { SqlExecutor } from "@tillstream/runtime";
import {
  loadOrder,
  OrderCancelled,
  OrderConfirmed,
  OrderReturned,
  OrderShipped,
  PLAIN_TERMS,
  RefundCompleted,
  referTo,
  ShippingAddressCorrected,
} from "../order/index.ts";
import type { OrderForCheckout, OrderLinks, OrderReference } from "../order/index.ts";
import type { Letter } from "./letter.ts";
import type { Mailer } from "./mailer.ts";
import { expectedArrival } from "../pricing/index.ts";
import { numberOf, ReturnRequested, ReturnWithdrawn, windowOf } from "../returns/index.ts";
import { readDispatchRule } from "../settings.ts";
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
    write: (
      order: OrderForCheckout,
      reference: OrderReference,
      event: RecordedEvent<Definition["type"], DataOf<Definition>>,
      tx: SqlExecutor,
    ) => Letter | null | Promise<Letter | null>,
  ): ConsumerHandler {
    return on(definition, async (tx, event) => {
      const order = await loadOrder(tx, event.data.orderId);
      const { email: recipient, orderId } = order;
      if (recipient === null) return; // They asked to be forgotten.
      const written = await write(order, referTo(links, orderId), event, tx);
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

  const { url, returnsAddress, returnDays } = links.shop;
  const rule = readDispatchRule();
  /** As the order's page says it; null where that is over. */
  const expectedOf = ({ placedAt, price }: OrderForCheckout) => {
    const expected = expectedArrival({ placedAt, price: price ?? PLAIN_TERMS }, rule);
    return expected.to < links.clock.now().toISOString().slice(0, 10) ? null : expected;
  };
  return defineConsumer("mail", [
    letter(OrderConfirmed, "confirmation", (order, reference) =>
      confirmationLetter(order, reference, expectedOf(order)),
    ),
    letter(OrderShipped, "shipped", async (order, reference, { data }, tx) => {
      const { carrier, trackingNumber } = data;
      const expected = expectedOf(order);
      const window = await windowOf(tx, order.orderId, returnDays);
      if (window === undefined) throw new Error(`order ${order.orderId} left without an event`);
      const { until: returnUntil } = window;
      return shippedLetter(order, reference, { carrier, trackingNumber, returnsAddress, returnUntil, expected });
    }),
    letter(ShippingAddressCorrected, "address", (_order, reference) => addressLetter(reference)),
    letter(OrderReturned, "returned", returnLetter),
    letter(OrderCancelled, "cancellation", (order, reference, { data }) =>
      cancellationLetter(order, reference, data.reason.code),
    ),
    letter(ReturnRequested, "return-requested", (order, reference, { data: { returnId, lines } }) => {
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
    letter(ReturnWithdrawn, "return-closed", (_order, reference, { data: { by, ...which } }) =>
      by === "merchant" ? returnClosedLetter(reference, numberOf(which)) : null,
    ),
    letter(RefundCompleted, "refund", (order, reference, { data: { refundId, ...refund }, recordedAt: at }) => {
      const lines = order.refunds.find((refund) => refund.refundId === refundId)?.lines ?? [];
      return refundLetter(order, reference, { ...refund, lines, at });
    }),
  ]);
}
