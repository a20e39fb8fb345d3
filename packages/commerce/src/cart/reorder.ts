/** What was ordered once, put into the caller's cart again: as much of it as there is, at the prices of now. */
import { priceVariants } from "../catalogue/index.ts";
import type { Money } from "../catalogue/index.ts";
import { loadOrder } from "../order/index.ts";
import { inOpenCart, writeLine } from "./commands.ts";
import type { CartContext, ChangedCart } from "./commands.ts";
import { LINES_MAX, QUANTITY_MAX } from "./lines.ts";
import { readCart } from "./repository.ts";

/** A line that is not in the cart as it was ordered. */
export interface ReorderNote {
  readonly sku: string;
  readonly name: string;
  readonly wanted: number;
  /** So many are in the cart: fewer than were ordered, or none. */
  readonly inCart: number;
  /** Why it is less: not sold any more, not so many there, or no room in the cart. Null where only the price is another. */
  readonly why: "NOT_SOLD" | "OUT_OF_STOCK" | "CART_FULL" | null;
  /** Where it is another than what was paid. */
  readonly price: { readonly before: Money; readonly now: Money } | null;
}

export interface Reordered extends ChangedCart {
  readonly notes: readonly ReorderNote[];
}

/** Of an item that is in the cart already, the larger quantity, so that asking twice orders nothing twice. */
export async function reorder(ctx: CartContext, orderId: string): Promise<Reordered> {
  const { lines, currency } = await loadOrder(ctx.db, orderId);
  const offers = await priceVariants(
    ctx.db,
    lines.map(({ sku }) => sku),
  );
  const { cart, told: notes } = await inOpenCart(ctx, "reorder", { orderId }, async (tx, cartId) => {
    const present = new Map((await readCart(tx, cartId))?.lines.map(({ sku, quantity }) => [sku, quantity]));
    const told: ReorderNote[] = [];
    let isChanged = false;
    for (const { sku, name, quantity: wanted, unitPrice } of lines) {
      const offer = offers.get(sku);
      const there = present.get(sku) ?? 0;
      const hasRoom = there > 0 || present.size < LINES_MAX;
      const fits = offer === undefined || !hasRoom ? 0 : Math.min(wanted, Math.max(offer.available, 0), QUANTITY_MAX);
      const inCart = Math.max(there, fits);
      if (offer !== undefined && fits > there) {
        const line = { sku, quantity: fits, seenPrice: offer.price };
        isChanged = (await writeLine(tx, cartId, line)) || isChanged;
        present.set(sku, fits);
      }
      const why = offer === undefined ? "NOT_SOLD" : inCart >= wanted ? null : hasRoom ? "OUT_OF_STOCK" : "CART_FULL";
      const isDearer = offer !== undefined && offer.price !== unitPrice && inCart > 0;
      const price = isDearer
        ? { before: { amount: unitPrice, currency }, now: { amount: offer.price, currency } }
        : null;
      if (why !== null || price !== null) told.push({ sku, name, wanted, inCart, why, price });
    }
    return { isChanged, told };
  });
  return { ...cart, notes };
}
