/**
 * `stock_view` with its ledger, and the goods' part of a return. The view is kept by plain increments: nothing in an increment tells that
 * it has been made before, so that only the inbox, in the same transaction, makes an event safe to deliver twice.
 */
import { defineConsumer, on } from "@tillstream/eventing";
import type { Consumer } from "@tillstream/eventing";
import { OrderShipped, StockReleased, StockReserved } from "../order/index.ts";
import { ReturnReceived } from "../shipping/index.ts";
import { StockCounted, StockReceived } from "./events.ts";
import { reservedLines, returnStock } from "./stock.ts";
import { addToStockView } from "./view.ts";

export function stockConsumer(): Consumer {
  const handlers = [
    on(StockReceived, (tx, { eventId, data }) => addToStockView(tx, eventId, [data], { available: 1 })),
    on(StockCounted, (tx, { eventId, data: { sku, difference } }) =>
      addToStockView(tx, eventId, [{ sku, quantity: difference }], { available: 1 }),
    ),
    on(StockReserved, (tx, { eventId, data }) =>
      addToStockView(tx, eventId, data.lines, { available: -1, reserved: 1 }),
    ),
    on(StockReleased, async (tx, { eventId, data }) => {
      await addToStockView(tx, eventId, await reservedLines(tx, data.orderId), { available: 1, reserved: -1 });
    }),
    on(OrderShipped, async (tx, { eventId, data }) => {
      await addToStockView(tx, eventId, await reservedLines(tx, data.orderId), { reserved: -1, sold: 1 });
    }),
    on(ReturnReceived, async (tx, { eventId, data }) => {
      await returnStock(tx, data.orderId);
      await addToStockView(tx, eventId, await reservedLines(tx, data.orderId), { available: 1, sold: -1 });
    }),
  ];
  return defineConsumer("stock", handlers, { partitions: 1 }); // orders of one article change the same row
}
