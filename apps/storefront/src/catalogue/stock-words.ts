/** How much there is, in words. */
import type { StockBand } from "@tillstream/commerce";
import type { Status } from "@tillstream/ui";

export const stockWords = { in: "In stock", low: "Only a few left", out: "Sold out" } satisfies Record<
  StockBand,
  string
>;

export const stockStatus = { in: "done", low: "waiting", out: "parked" } satisfies Record<StockBand, Status>;
