/** More of everything than a measurement buys: what is measured is orders, and a sold-out shop refuses them. */
import { receiveStock } from "@tillstream/commerce";
import type { Database } from "@tillstream/runtime";

const UNITS = 1_000_000;

export async function stockUp(db: Database, skus: readonly string[]): Promise<void> {
  await db.transaction((tx) =>
    receiveStock(
      tx,
      skus.map((sku) => ({ sku, quantity: UNITS })),
    ),
  );
}
