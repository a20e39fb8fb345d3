/**
 * `stock_view`, and the goods' part of a return and of a refund: what is refunded and does not go back on the shelf is written off.
 * The view is kept by plain increments: nothing in an increment tells that it has been made before, so that only the inbox, in the
 * same transaction, makes an event safe to deliver twice.
 */
import { defineConsumer, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { OrderShipped, RefundRequested, StockReleased, StockReserved } from "../order/index.ts";
import { ReturnReceived } from "../shipping/index.ts";
import { StockReceived } from "./events.ts";
import { linesLess, REFUNDED, restock, RESTOCKED, RESTOCKED_BEFORE, returnStock } from "./stock.ts";
import { addToStockView } from "./view.ts";

export function stockConsumer(): Consumer {
  const handlers = [
    on(StockReceived, (tx, { data }) => addToStockView(tx, [data], { available: 1 })),
    on(StockReserved, (tx, { data }) => addToStockView(tx, data.lines, { available: -1, reserved: 1 })),
    on(StockReleased, async (tx, { data }) => {
      await addToStockView(tx, await linesLess(tx, data.orderId, REFUNDED), { available: 1 });
      await addToStockView(tx, await linesLess(tx, data.orderId, RESTOCKED), { reserved: -1 });
    }),
    on(OrderShipped, async (tx, { data }) => {
      await addToStockView(tx, await linesLess(tx, data.orderId, RESTOCKED_BEFORE), { reserved: -1, sold: 1 });
    }),
    on(ReturnReceived, async (tx, { data }) => {
      await returnStock(tx, data.orderId);
      await addToStockView(tx, await linesLess(tx, data.orderId, REFUNDED), { available: 1 });
      await addToStockView(tx, await linesLess(tx, data.orderId, RESTOCKED), { sold: -1 });
    }),
    on(RefundRequested, async (tx, { data }) => {
      if (!data.restock) return;
      await restock(tx, data.orderId, data.lines);
      await addToStockView(tx, data.lines, { available: 1, [data.hadLeft ? "sold" : "reserved"]: -1 });
    }),
  ];
  return defineConsumer("stock", handlers, { partitions: 1 }); // orders of one article change the same row
}
