/** The rows of a price as people read it above its total: in the shop, on receipts and in the console alike. It has no dependency. */
import type { ShownPrice } from "./shown-price.ts";

export interface PriceRow {
  readonly kind: "goods" | "discount" | "delivery" | "tax";
  readonly label: string;
  /** Negative for what is taken off. */
  readonly amount: ShownPrice["total"];
  /** It is in the rows above, and does not add to the total. */
  readonly included: boolean;
}

const countries = new Intl.DisplayNames("en", { type: "region" });

export function priceRows({ goods, discount, delivery, tax }: ShownPrice): readonly PriceRow[] {
  const rows: PriceRow[] = [{ kind: "goods", label: "Goods", amount: goods, included: false }];
  if (discount !== null) {
    const amount = { ...discount.amount, amount: -discount.amount.amount };
    rows.push({ kind: "discount", label: `Code ${discount.code}`, amount, included: false });
  }
  const method = delivery.method === "standard" ? "Standard delivery" : "Express delivery";
  rows.push({ kind: "delivery", label: method, amount: delivery.amount, included: false });
  if (tax !== null) {
    const rate = `${tax.basisPoints / 100}% tax, ${countries.of(tax.country) ?? tax.country}`;
    const { amount, included } = tax;
    rows.push({ kind: "tax", label: included ? `Includes ${rate}` : rate, amount, included });
  }
  return rows;
}
