/** A price as callers get it: every sum with its currency. Pure. */
import type { Money } from "../catalogue/index.ts";
import { totalOf } from "./price.ts";
import type { DeliveryMethod, OrderPrice } from "./price.ts";

export interface ShownPrice {
  readonly goods: Money;
  readonly discount: { readonly code: string; readonly amount: Money } | null;
  readonly delivery: { readonly method: DeliveryMethod; readonly amount: Money };
  /** `included`: in the sums above; else on top of them. Null where none is due. */
  readonly tax: {
    readonly country: string;
    /** Hundredths of a percent. */
    readonly basisPoints: number;
    readonly amount: Money;
    readonly included: boolean;
  } | null;
  readonly total: Money;
}

export function showPrice(price: OrderPrice, currency: string): ShownPrice {
  const money = (amount: number): Money => ({ amount, currency });
  const { goods, discount, delivery, tax } = price;
  return {
    goods: money(goods),
    discount: discount && { code: discount.code, amount: money(discount.amount) },
    delivery: { method: delivery.method, amount: money(delivery.amount) },
    tax: tax && { ...tax, amount: money(tax.amount) },
    total: money(totalOf(price)),
  };
}
