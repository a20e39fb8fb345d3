/**
 * Where money of an order goes back to that a card and store credit paid together: to the card first, up to what the card still holds
 * of it, the rest to the credit, unless credit was asked for. Of an order that a card paid alone, all goes to the card. Pure; amounts
 * are integer minor units.
 */
import { refundedInParts } from "./state.ts";
import type { OrderState, PartRefund } from "./state.ts";

export type Paid = Pick<OrderState, "total" | "creditPart" | "refunds">;

export interface MoneyBack {
  readonly toCard: number;
  readonly toCredit: number;
}

/** What a part gives back to the card, and what as credit. */
export function moneyBackOf({
  amount,
  to,
  creditPart = 0,
}: Pick<PartRefund, "amount" | "to" | "creditPart">): MoneyBack {
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

/** All that was not paid back in parts. */
export const restOf = (paid: Paid): MoneyBack => divide(paid.total - refundedInParts(paid), paid);

/** What the card holds for good, since it was paid back as credit beyond what credit had paid. */
export const keptByCard = ({ creditPart, refunds }: Pick<Paid, "creditPart" | "refunds">): number =>
  Math.max(0, moneyBackIn(refunds).toCredit - creditPart);
