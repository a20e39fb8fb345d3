/** What comes in is an event of the item; what goes out is an event of the order that takes it. */
import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";

export const STOCK_STREAM = "stock";

export function stockStreamId(sku: string): string {
  return `${STOCK_STREAM}-${sku}`;
}

export const StockReceived = defineEvent(
  "StockReceived",
  z.object({ sku: z.string(), quantity: z.int().positive(), reason: z.string() }),
);
