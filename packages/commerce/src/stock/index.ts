import { defineModule } from "@tillstream/eventing";
import { stockConsumer } from "./consumers.ts";
import { StockCounted, StockReceived } from "./events.ts";

export { ledgerQuery } from "./ledger.ts";
export { stockRouter } from "./router.ts";
export { receiveStock, releaseStock, reserveStock } from "./stock.ts";

export const stockModule = defineModule<unknown>({
  name: "stock",
  events: [StockReceived, StockCounted],
  commands: { receive: [StockReceived], count: [StockCounted] },
  consumers: () => [stockConsumer()],
});
