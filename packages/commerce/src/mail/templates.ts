/** What the shop writes to its customers. Plain words; money as the reader writes it. */
import type { OrderForCheckout } from "../order/index.ts";

export interface Letter {
  readonly subject: string;
  readonly body: string;
}

/** Minor units as text, such as `$24.00`. */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

const shortId = (orderId: string) => orderId.slice(-8).toUpperCase();

export function confirmationLetter(order: OrderForCheckout): Letter {
  const lines = order.lines.map(
    ({ quantity, name, unitPrice }) => `  ${quantity} x ${name}, ${formatMoney(quantity * unitPrice, order.currency)}`,
  );
  return {
    subject: `Your Fernhill order ${shortId(order.orderId)} is confirmed`,
    body: [
      "Thank you. Your order is confirmed and paid:",
      "",
      ...lines,
      "",
      `Total: ${formatMoney(order.total, order.currency)}`,
      "",
      "We write again when it is on its way.",
    ].join("\n"),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  OUT_OF_STOCK: "One of the items sold out before we could set it aside for you.",
  CARD_DECLINED: "Your bank declined the card.",
  INSUFFICIENT_FUNDS: "There was not enough money for it.",
  ACCOUNT_NOT_OPEN: "You have no store credit account yet.",
  TIMED_OUT: "We could not get an answer about your payment in time.",
  UNAVAILABLE: "We could not reach the payment service.",
};

export function cancellationLetter(order: OrderForCheckout, reasonCode: string, refunded: boolean): Letter {
  const reason = REASONS[reasonCode] ?? "We could not complete your order.";
  const money = refunded
    ? `We returned ${formatMoney(order.total, order.currency)} to where it came from.`
    : "You were not charged.";
  return {
    subject: `Your Fernhill order ${shortId(order.orderId)} was cancelled`,
    body: [reason, money, "", "You are welcome to try again; what you chose is still in the shop."].join("\n"),
  };
}
