/** Returns in the shop's words. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import type { OrderAccess } from "./order-stream.ts";

export type Return = Aftercare["returns"][number];
export type RefundTarget = Return["to"];

export const REASONS = [
  { value: "CHANGED_MIND", label: "I changed my mind" },
  { value: "DOES_NOT_FIT", label: "It does not fit" },
  { value: "NOT_AS_DESCRIBED", label: "It is not what I expected" },
  { value: "DAMAGED", label: "It arrived damaged" },
  { value: "WRONG_ITEM", label: "It is not what I ordered" },
  { value: "OTHER", label: "Another reason, or none" },
] as const;

export type Reason = (typeof REASONS)[number]["value"];

/** What is asked of a customer beforehand, as the page about returns says: only of what is our fault or the carrier's. */
export const firstWords = (reason: Reason | ""): string | undefined =>
  reason === "DAMAGED" || reason === "WRONG_ITEM"
    ? "Before you send it, write to us with the number of your order and a picture. Our address is on the page “Returns”."
    : undefined;

export const reasonWords = (code: string): string => REASONS.find(({ value }) => value === code)?.label ?? code;

/** Of an order that both paid. */
export const CARD_FIRST = "Up to what it paid; the rest goes to your store credit.";

/** Of a return that is on its way. */
export function announcedWords(to: RefundTarget, { creditPart }: Pick<OrderPage, "creditPart">): string {
  if (to === "credit") return "We look out for it. Your money goes back to your store credit once it has arrived.";
  return creditPart === null
    ? "We look out for it. Your money goes back to your card once it has arrived."
    : "We look out for it. Once it has arrived, your card gets up to what it paid, and the rest goes to your store credit.";
}

export const REFUND_TO = { card: "To the card I paid with", credit: "As store credit" } as const;

/** How many units of each line can still be sent back: neither refunded nor on their way back. */
export function returnable({ lines, refunds }: Pick<OrderPage, "lines" | "refunds">, returns: readonly Return[]) {
  const open = returns.filter(({ status }) => status === "requested");
  const taken = [...refunds, ...open].flatMap((part) => part.lines);
  return lines.map((line) => {
    const gone = taken.reduce((sum, { sku, quantity }) => (sku === line.sku ? sum + quantity : sum), 0);
    return { ...line, left: Math.max(line.quantity - gone, 0) };
  });
}

export const unitsWords = (lines: readonly { readonly name: string; readonly quantity: number }[]): string =>
  lines.map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} x ${name}`)).join(", ");

/** The order's page, or one below it, opened by the same right. */
function pageOf({ orderId, accessToken }: OrderAccess, below = ""): string {
  const token = accessToken === undefined ? "" : `?token=${encodeURIComponent(accessToken)}`;
  return `/orders/${encodeURIComponent(orderId)}${below}${token}`;
}

export const orderPage = (access: OrderAccess): string => pageOf(access);
export const receiptPage = (access: OrderAccess): string => pageOf(access, "/receipt");
export const labelPage = (access: OrderAccess, returnId: string): string =>
  pageOf(access, `/return/${encodeURIComponent(returnId)}`);
