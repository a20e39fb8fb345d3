/**
 * `stock_view` with its ledger, and the goods' part of a return and of a refund: what is refunded before it
 * left and does not go back on the shelf is written off at once. The view is kept by plain increments: nothing in an increment tells that it has been made before, so that only the
 * inbox, in the same transaction, makes an event safe to deliver twice.
 */
import { defineConsumer, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { loadOrder, OrderShipped, refundOf, RefundRequested, StockReleased, StockReserved } from "../order/index.ts";
import { ReturnReceived } from "../shipping/index.ts";
import { StockCounted, StockReceived } from "./events.ts";
import { KEPT, linesLess, NOT_WITH_CUSTOMER, REFUNDED, restock, returnStock } from "./stock.ts";
import { addToStockView, by } from "./view.ts";

export function stockConsumer(): Consumer {
  const handlers = [
    on(StockReceived, (tx, { eventId, data }) => addToStockView(tx, eventId, by([data], { available: 1 }))),
    on(StockCounted, (tx, { eventId, data: { sku, difference } }) =>
      addToStockView(tx, eventId, by([{ sku, quantity: difference }], { available: 1 })),
    ),
    on(StockReserved, (tx, { eventId, data }) =>
      addToStockView(tx, eventId, by(data.lines, { available: -1, reserved: 1 })),
    ),
    on(StockReleased, async (tx, { eventId, data: { orderId } }) => {
      const held = await linesLess(tx, orderId, REFUNDED);
      await addToStockView(tx, eventId, by(held, { available: 1, reserved: -1 }));
    }),
    on(OrderShipped, async (tx, { eventId, data: { orderId } }) => {
      const sent = await linesLess(tx, orderId, KEPT);
      await addToStockView(tx, eventId, by(sent, { reserved: -1, sold: 1 }));
    }),
    on(ReturnReceived, async (tx, { eventId, data: { orderId } }) => {
      await returnStock(tx, orderId);
      await addToStockView(tx, eventId, [
        ...by(await linesLess(tx, orderId, REFUNDED), { available: 1 }),
        ...by(await linesLess(tx, orderId, NOT_WITH_CUSTOMER), { sold: -1 }),
      ]);
    }),
    on(RefundRequested, async (tx, { eventId, data: { orderId, refundId } }) => {
      // The order's word for it: an event is delivered as an operator edited it.
      const { lines, ...refund } = refundOf(await loadOrder(tx, orderId), refundId);
      const from = refund.hadLeft ? "sold" : "reserved";
      if (refund.restock) {
        await restock(tx, orderId, lines);
        await addToStockView(tx, eventId, by(lines, { available: 1, [from]: -1 }));
      } else if (!refund.hadLeft) await addToStockView(tx, eventId, by(lines, { reserved: -1 }));
    }),
  ];
  return defineConsumer("stock", handlers, { partitions: 1 }); // orders of one article change the same row
}
