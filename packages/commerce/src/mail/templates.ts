/** What the shop writes to its customers. Plain words; money as the reader writes it. */
import { CANCELLED_BY_CUSTOMER, NOT_COMPLETED, SETTLED_BY_HAND } from "../order/index.ts";
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

export function shippedLetter(order: OrderForCheckout, carrier: string, trackingNumber: string): Letter {
  return {
    subject: `Your Fernhill order ${shortId(order.orderId)} is on its way`,
    body: [
      `${carrier} has it now. With this number you can follow it: ${trackingNumber}`,
      "",
      ...order.lines.map(({ quantity, name }) => `  ${quantity} x ${name}`),
      "",
      "If it is not what you hoped for, send it back: you get your money back once it has arrived.",
    ].join("\n"),
  };
}

export function returnLetter(order: OrderForCheckout): Letter {
  const where = order.paymentMethod === "account" ? "to your store credit" : "to the card that you paid with";
  return {
    subject: `Your return of Fernhill order ${shortId(order.orderId)} has arrived`,
    body: [
      "Thank you, what you sent back is here.",
      `We are returning ${formatMoney(order.total, order.currency)} ${where}.`,
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
  [SETTLED_BY_HAND]: "Something went wrong on our side, and one of us settled it by hand.",
  [NOT_COMPLETED]: "Something went wrong on our side before we could confirm it.",
  [CANCELLED_BY_CUSTOMER]: "You cancelled it before it left, and nothing will be sent.",
};

export function cancellationLetter(order: OrderForCheckout, reasonCode: string): Letter {
  const reason = REASONS[reasonCode] ?? "We could not complete your order.";
  const paid = formatMoney(order.total, order.currency);
  const money = {
    refunded: `We returned ${paid} to where it came from.`,
    captured: `${paid} is on its way back to where it came from.`,
    authorized: "You were not charged.",
    voided: "You were not charged.",
    none: "You were not charged.",
  }[order.paymentStatus];
  const welcome =
    reasonCode === CANCELLED_BY_CUSTOMER
      ? "You are welcome back at any time."
      : "You are welcome to try again; what you chose is still in the shop.";
  return {
    subject: `Your Fernhill order ${shortId(order.orderId)} was cancelled`,
    body: [reason, money, "", welcome].join("\n"),
  };
}
