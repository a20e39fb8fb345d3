/**
 * Where money of an order goes back to that a card and store credit paid together: to the card first, up to what the card still holds
 * of it, the rest to the credit, unless credit was asked for. Of an order that a card paid alone, all goes to the card. Pure; amounts
 * are integer minor units. Shop and console work it out with this file too.
 */
import type { OrderState, PartRefund } from "./state.ts";

type Part = Pick<PartRefund, "amount" | "to" | "creditPart">;

export interface Paid extends Pick<OrderState, "total" | "creditPart"> {
  readonly refunds: readonly Part[];
}

interface Sum {
  readonly amount: number;
}

/** An order as callers get it: every sum with its currency, null for none. */
export function paidOf(page: {
  readonly total: Sum;
  readonly creditPart: Sum | null;
  readonly refunds: readonly { readonly amount: Sum; readonly to: Part["to"]; readonly creditPart: Sum | null }[];
}): Paid {
  const { total, creditPart, refunds } = page;
  return {
    total: total.amount,
    creditPart: creditPart?.amount ?? 0,
    refunds: refunds.map((part) => ({ to: part.to, amount: part.amount.amount, creditPart: part.creditPart?.amount })),
  };
}

export interface MoneyBack {
  readonly toCard: number;
  readonly toCredit: number;
}

/** What a part gives back to the card, and what as credit. */
export function moneyBackOf({ amount, to, creditPart = 0 }: Part): MoneyBack {
  return to === "credit" ? { toCard: 0, toCredit: amount } : { toCard: amount - creditPart, toCredit: creditPart };
}

export const moneyBackIn = (refunds: Paid["refunds"]): MoneyBack => ({
  toCard: refunds.reduce((sum, part) => sum + moneyBackOf(part).toCard, 0),
  toCredit: refunds.reduce((sum, part) => sum + moneyBackOf(part).toCredit, 0),
});

/** What the card was charged. */
export const cardPartOf = ({ total, creditPart }: Pick<Paid, "total" | "creditPart">): number => total - creditPart;

/** @param amount that goes back now */
export function divide(amount: number, paid: Paid): MoneyBack {
  const toCard = Math.min(amount, cardPartOf(paid) - moneyBackIn(paid.refunds).toCard);
  return { toCard, toCredit: amount - toCard };
}

/** What was given back in parts, or is about to be. */
export const refundedInParts = ({ refunds }: Pick<Paid, "refunds">): number =>
  refunds.reduce((sum, { amount }) => sum + amount, 0);

/** All that was not paid back in parts. */
export const restOf = (paid: Paid): MoneyBack => divide(paid.total - refundedInParts(paid), paid);

/** What the card holds for good, since it was paid back as credit beyond what credit had paid. */
export const keptByCard = ({ creditPart, refunds }: Pick<Paid, "creditPart" | "refunds">): number =>
  Math.max(0, moneyBackIn(refunds).toCredit - creditPart);
