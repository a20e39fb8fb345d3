/** The texts above and below the list of ordered items. Only an order that was paid, and not refunded, has a receipt. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { paidOf, refundedInParts, restOf } from "@tillstream/commerce/money-back";
import { formatInstant, formatMoney } from "@tillstream/ui";
import { unitsWords } from "./return-words.ts";
import { paymentOf, wasConfirmed } from "./status-words.ts";

export interface ReceiptWords {
  readonly title: string;
  /** Null where the lines make no total that is to be paid or was. */
  readonly totalLabel: string | null;
  readonly total: string;
  /** The total above it, of an order that is over and had been paid; the lines alone do not add up to what goes back. */
  readonly paid: { readonly label: string; readonly total: string } | null;
  /** Of an order that card and store credit paid: how much of what goes back goes to which. */
  readonly parts: string | null;
}

/** A part that was paid back by itself, with the days in UTC: server and browser write the same. */
export function refundWords(refund: OrderPage["refunds"][number]): string {
  const { amount, lines, requestedAt, completedAt } = refund;
  const where = whereWords(refund);
  const what = `${formatMoney(amount)} for ${unitsWords(lines)}`;
  const [asked, done] = [dayOf(requestedAt), completedAt && dayOf(completedAt)];
  if (done === null) return `${what} is on its way ${where} since ${asked}.`;
  return `We returned ${what} ${where} on ${done}${asked === done ? "" : `; it was begun on ${asked}`}.`;
}

function whereWords({ amount, to, creditPart }: OrderPage["refunds"][number]): string {
  if (to === "credit") return "to your store credit";
  if (creditPart === null) return "to your card";
  const card = formatMoney({ ...amount, amount: amount.amount - creditPart.amount });
  return `to your card (${card}) and your store credit (${formatMoney(creditPart)})`;
}

/** In place of the receipt of an order that was not paid. */
export const unpaidWords = ({ status }: Pick<OrderPage, "status">): string =>
  status === "cancelled"
    ? "This order is over and nothing was charged, so there is no receipt for it."
    : "This order has not been paid, so nothing was sold. Its receipt is here once it is.";

type PaidWith = Pick<Aftercare, "paidWith" | "card">;

/** Such as `Visa ending 4242`. */
export const cardName = (card: Aftercare["card"]): string =>
  card === null ? "your card" : `${card.brand ?? "a card"} ending ${card.lastFour}`;

/** Such as `with Visa ending 4242`. */
export function meansWords({ paidWith, card }: PaidWith): string {
  if (paidWith === "account") return "with store credit";
  return card === null ? "by card" : `with ${cardName(card)}`;
}

/** How it was paid, for the printed receipt. */
export function paidWords({ total, creditPart }: Pick<OrderPage, "total" | "creditPart">, by: PaidWith): string {
  if (creditPart === null) return `Paid ${meansWords(by)}.`;
  const card = formatMoney({ ...total, amount: total.amount - creditPart.amount });
  return `Paid ${formatMoney(creditPart)} with store credit and ${card} ${meansWords(by)}.`;
}

export interface RowAfterRefunds {
  readonly label: string;
  readonly amount: OrderPage["total"];
  /** `included`: it is in the row above. */
  readonly as: "part" | "total" | "included";
}

/**
 * Below the total, once parts of it were paid back: what was returned, and what is left paid, each with the tax in it. A cancelled
 * order says so by itself.
 */
export function afterRefunds(
  order: Pick<OrderPage, "status" | "total" | "price" | "refunds">,
): readonly RowAfterRefunds[] {
  const { status, total, price, refunds } = order;
  if (refunds.length === 0 || status === "cancelled") return [];
  const inParts = refundedInParts(paidOf({ total, creditPart: null, refunds }));
  const taxIn = (label: string, amount: number): readonly RowAfterRefunds[] =>
    price.tax === null ? [] : [{ label, amount: { ...total, amount }, as: "included" }];
  const taxBack = refunds.reduce((sum, { tax }) => sum + (tax?.amount ?? 0), 0);
  return [
    { label: "Refunded", amount: { ...total, amount: -inParts }, as: "part" },
    ...taxIn("Tax refunded", -taxBack),
    { label: "Total after refunds", amount: { ...total, amount: total.amount - inParts }, as: "total" },
    ...taxIn("Tax after refunds", (price.tax?.amount.amount ?? 0) - taxBack),
  ];
}

const dayOf = (at: string): string => formatInstant(new Date(at), "day", "UTC");

/** Where what was not refunded in parts goes when the order ends. Null where one of them paid all, and where nothing is left. */
export function restParts(order: Pick<OrderPage, "total" | "creditPart" | "refunds">) {
  const { total, creditPart } = order;
  const { toCard, toCredit } = restOf(paidOf(order));
  if (creditPart === null || toCard + toCredit === 0) return null;
  return partsWords({ ...total, amount: toCard }, { ...total, amount: toCredit });
}

/** What goes to the card, and what to store credit. */
export function partsWords(card: OrderPage["total"], credit: OrderPage["total"]): string {
  const parts = [
    card.amount > 0 && `${formatMoney(card)} to your card`,
    credit.amount > 0 && `${formatMoney(credit)} to your store credit`,
  ];
  return parts.filter(Boolean).join(", ");
}

export function receiptWords(
  order: Pick<OrderPage, "status" | "steps" | "total" | "creditPart" | "refunds">,
): ReceiptWords {
  const payment = paymentOf(order);
  const total = formatMoney(order.total);
  const inParts = refundedInParts(paidOf(order));
  const rest = formatMoney({ ...order.total, amount: order.total.amount - inParts });
  const theRest = inParts === 0 ? rest : `The rest, ${rest},`;
  if (order.status !== "cancelled") {
    return {
      title: payment === "done" ? "Receipt" : "Your order",
      totalLabel: "Total",
      total,
      paid: null,
      parts: null,
    };
  }
  const title = wasConfirmed(order) ? "What you ordered" : "What you wanted";
  const over = { title, totalLabel: null, paid: { label: "Total", total }, parts: restParts(order) };
  if (payment === "undone") return { ...over, total: `${theRest} was returned` };
  if (payment === "done") return { ...over, total: `${theRest} is on its way back to you` };
  return { ...over, total: "Nothing was charged", paid: null, parts: null };
}
