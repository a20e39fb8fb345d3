/**
 * What an order costs: its goods, less a discount, with delivery and tax. The decider, the quote and the receipt work it out here,
 * so that they agree to the cent. Pure; amounts are integer minor units.
 */
import { z } from "zod";

const minorUnits = z.int().nonnegative();

export const DELIVERY_METHODS = ["standard", "express"] as const;
export const deliveryMethod = z.enum(DELIVERY_METHODS);
export type DeliveryMethod = z.output<typeof deliveryMethod>;

/** As the order's first event keeps it: later changes of rates, codes and methods do not change it. */
export const orderPrice = z.object({
  goods: minorUnits,
  discount: z.object({ code: z.string(), amount: minorUnits }).nullable(),
  delivery: z.object({ method: deliveryMethod, amount: minorUnits }),
  /** `included`: the amounts above contain it; else it comes on top. Null where none is due. */
  tax: z
    .object({ country: z.string(), basisPoints: z.int().positive(), amount: minorUnits, included: z.boolean() })
    .nullable(),
});
export type OrderPrice = z.output<typeof orderPrice>;

export interface Discount {
  readonly code: string;
  readonly kind: "percent" | "amount";
  /** Percent, or minor units. */
  readonly value: number;
}

/** What applies to an order beside the prices of its goods. */
export interface PriceTerms {
  readonly delivery: OrderPrice["delivery"];
  readonly tax: { readonly country: string; readonly basisPoints: number; readonly included: boolean } | null;
  readonly discount: Discount | null;
}

/** Delivered free of charge, with nothing added or taken off: as every order was before there was a choice. */
export const PLAIN_TERMS: PriceTerms = { delivery: { method: "standard", amount: 0 }, tax: null, discount: null };

export interface PricedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

export const goodsOf = (lines: readonly PricedLine[]): number =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

/** A half goes up. */
const partOf = (amount: number, numerator: number, denominator: number): number =>
  Math.floor((2 * amount * numerator + denominator) / (2 * denominator));

const PERCENT = 100;
const BASIS_POINTS = 10_000;

/** Of the goods so much is always paid: no gateway takes a payment of nothing. */
const LEAST_PAID = 100;

const discountOf = (goods: number, { kind, value }: Discount): number =>
  Math.max(0, Math.min(goods - LEAST_PAID, kind === "percent" ? partOf(goods, value, PERCENT) : value));

export function priceOf(lines: readonly PricedLine[], terms: PriceTerms = PLAIN_TERMS): OrderPrice {
  const goods = goodsOf(lines);
  const { delivery, discount, tax } = terms;
  const taken = discount === null ? null : { code: discount.code, amount: discountOf(goods, discount) };
  if (tax === null) return { goods, discount: taken, delivery, tax };
  const before = goods - (taken?.amount ?? 0) + delivery.amount;
  const amount = partOf(before, tax.basisPoints, tax.included ? BASIS_POINTS + tax.basisPoints : BASIS_POINTS);
  return { goods, discount: taken, delivery, tax: { ...tax, amount } };
}

export const totalOf = ({ goods, discount, delivery, tax }: OrderPrice): number =>
  goods - (discount?.amount ?? 0) + delivery.amount + (tax === null || tax.included ? 0 : tax.amount);

/** Of an order that was placed before there was anything but goods to pay for. */
export const goodsOnly = (total: number): OrderPrice => ({
  goods: total,
  discount: null,
  delivery: PLAIN_TERMS.delivery,
  tax: null,
});

/** As an order keeps it: null where its total is the goods alone. */
export function besideGoods(price: OrderPrice): OrderPrice | null {
  const { discount, delivery, tax } = price;
  const isPlain = discount === null && tax === null && delivery.amount === 0 && delivery.method === "standard";
  return isPlain ? null : price;
}
