/** What comes in, and what was counted, is an event of the item; what goes out is an event of the order that takes it. */
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

/** On hand, reserved or not, were so many: `difference` more than the books said. */
export const StockCounted = defineEvent(
  "StockCounted",
  z.object({ sku: z.string(), counted: z.int().nonnegative(), difference: z.int32(), reason: z.string() }),
);
