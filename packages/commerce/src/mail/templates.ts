/** What the shop writes to its customers. Plain words; money as the reader writes it. */
import { formatDay, formatMoney } from "../catalogue/index.ts";
import {
  CANCELLED_BY_CUSTOMER,
  CANCELLED_BY_MERCHANT,
  cardPartOf,
  CREDIT_GONE,
  moneyBackOf,
  NOT_COMPLETED,
  refundedInParts,
  restOf,
  SETTLED_BY_HAND,
  STOPPED_BY_MERCHANT,
} from "../order/index.ts";
import type { MoneyBack, OrderForCheckout, OrderReference, PartRefund } from "../order/index.ts";
import { arrivalWords } from "../pricing/index.ts";
import type { Arrival } from "../pricing/index.ts";
import { letterOf } from "./letter.ts";
import type { Letter, Part } from "./letter.ts";

/** Every letter about an order ends with the way to it, for guests too. */
function letter(subject: string, { number, url }: OrderReference, parts: readonly Part[]): Letter {
  return letterOf(subject, [...parts, "", { link: `See order ${number}`, url }]);
}

/** Null where it is so late that the days are over. */
type Expected = Arrival | null;

const arrives = (expected: Expected): readonly string[] => (expected === null ? [] : [`${arrivalWords(expected)}.`]);

export function confirmationLetter(order: OrderForCheckout, reference: OrderReference, expected: Expected): Letter {
  const goods = order.lines.map(({ quantity, name, unitPrice }) => ({
    what: `${quantity} x ${name}`,
    sum: formatMoney(quantity * unitPrice, order.currency),
  }));
  return letter(`Your Fernhill order ${reference.number} is confirmed`, reference, [
    "Thank you. Your order is confirmed and paid:",
    "",
    {
      rows: [...goods, ...besideGoods(order)],
      total: { what: "Total", sum: formatMoney(order.total, order.currency) },
    },
    ...taxIn(order),
    ...paidWithBoth(order),
    "",
    ...arrives(expected),
    "We write again when it is on its way.",
  ]);
}

/** What is taken off the goods, and what comes on top of them. */
function besideGoods({ price, currency }: OrderForCheckout): readonly { what: string; sum: string }[] {
  if (price === null) return [];
  const { discount, delivery, tax } = price;
  const added = tax === null || tax.included ? 0 : tax.amount;
  return [
    ...(discount === null
      ? []
      : [{ what: `Code ${discount.code}`, sum: `less ${formatMoney(discount.amount, currency)}` }]),
    {
      what: DELIVERY[delivery.method],
      sum: delivery.amount === 0 ? "free" : formatMoney(delivery.amount, currency),
    },
    ...(tax === null || added === 0
      ? []
      : [{ what: `Tax at ${tax.basisPoints / 100} %`, sum: formatMoney(added, currency) }]),
  ];
}

const DELIVERY = { standard: "Standard delivery", express: "Express delivery" } as const;

function taxIn({ price, currency }: OrderForCheckout): readonly string[] {
  const tax = price?.tax ?? null;
  if (tax === null || !tax.included) return [];
  return [`It includes ${formatMoney(tax.amount, currency)} of tax, at ${tax.basisPoints / 100} %.`];
}

function paidWithBoth(order: OrderForCheckout): readonly string[] {
  if (order.creditPart === 0) return [];
  const [credit, card] = [order.creditPart, cardPartOf(order)].map((sum) => formatMoney(sum, order.currency));
  return [`You paid ${credit} with your store credit and ${card} by card.`];
}

export interface Dispatch {
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Where it can be sent back to. */
  readonly returnsAddress: string;
  readonly returnUntil: Date;
  readonly expected: Expected;
}

/** It is over within that day: `December 31, 2026, 23:30 UTC`. */
const moment = (at: Date) => `${formatDay(at)}, ${at.toISOString().slice(11, 16)} UTC`;

export function shippedLetter(order: OrderForCheckout, reference: OrderReference, dispatch: Dispatch): Letter {
  const { expected, returnUntil } = dispatch;
  return letter(`Your Fernhill order ${reference.number} is on its way`, reference, [
    `${dispatch.carrier} has it now. With this number you can follow it: ${dispatch.trackingNumber}`,
    ...arrives(expected),
    "",
    { rows: sent(order).map(({ quantity, name }) => ({ what: `${quantity} x ${name}` })) },
    "",
    `If something is not what you hoped for, you can send it back until ${moment(returnUntil)}: choose it on the page of your order, print the label there, fix it on the parcel and send it to:`,
    { rows: [{ what: dispatch.returnsAddress }] },
    "You get your money back once it has arrived.",
  ]);
}

/** What is in the parcel: all but what was paid back before it left. */
function sent({ lines, refunds }: OrderForCheckout): readonly { readonly quantity: number; readonly name: string }[] {
  const kept = refunds.filter(({ hadLeft }) => !hadLeft).flatMap((part) => part.lines);
  const keptOf = (sku: string) => kept.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - keptOf(line.sku) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Also told because a link, which others may have seen, is enough to correct it. */
export function addressLetter(reference: OrderReference): Letter {
  return letter(`Your Fernhill order ${reference.number} goes to another address`, reference, [
    "The address was corrected, and the parcel goes to the new one, which the page of your order shows.",
    "If it is wrong, correct it there. If that was not you, cancel the order before it leaves.",
  ]);
}

export interface Announced {
  readonly number: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** The page of its label. */
  readonly labelUrl: string;
  readonly returnsAddress: string;
}

export function returnRequestedLetter(
  order: OrderForCheckout,
  reference: OrderReference,
  announced: Announced,
): Letter {
  return letter(`Your return ${announced.number}`, reference, [
    "We know of it, and look out for these things:",
    "",
    { rows: announced.lines.map(({ sku, quantity }) => ({ what: `${quantity} x ${nameIn(order, sku)}` })) },
    "",
    "Print the label, fix it on the parcel, and send it to:",
    { rows: [{ what: announced.returnsAddress }] },
    "",
    { link: "The label", url: announced.labelUrl },
    "",
    "You get your money back once it has arrived. You can withdraw the return on the page of your order until then.",
  ]);
}

export function returnClosedLetter(reference: OrderReference, number: string): Letter {
  return letter(`We closed your return ${number}`, reference, [
    "It has not reached us, so we do not expect it any more.",
    "If it is still to come, announce it once more on the page of your order.",
  ]);
}

const nameIn = ({ lines }: OrderForCheckout, sku: string): string =>
  lines.find((line) => line.sku === sku)?.name ?? sku;

export function returnLetter(order: OrderForCheckout, reference: OrderReference): Letter {
  return letter(`Your return of Fernhill order ${reference.number} has arrived`, reference, [
    "Thank you, what you sent back is here.",
    ...(leftOf(order) === 0 ? [] : [`We are returning ${backTo(order, restOf(order))}.`]),
    ...besidesParts(order),
  ]);
}

/** Some units were paid back by themselves. */
export function refundLetter(order: OrderForCheckout, reference: OrderReference, refund: Refunded): Letter {
  return letter(`A refund for your Fernhill order ${reference.number}`, reference, [
    `We returned ${backTo(order, moneyBackOf(refund))}, for this part of your order, on ${formatDay(refund.at)}:`,
    "",
    { rows: refund.lines.map(({ sku, quantity }) => ({ what: `${quantity} x ${nameIn(order, sku)}` })) },
    ...(order.status === "cancelled" || leftOf(order) === 0 ? [] : ["", "The rest of it stays as it is."]),
  ]);
}

export interface Refunded extends Pick<PartRefund, "amount" | "to" | "creditPart" | "lines"> {
  readonly at: Date;
}

/** Such as "$12.00 to the card that you paid with". */
function backTo({ paymentMethod, currency }: OrderForCheckout, { toCard, toCredit }: MoneyBack): string {
  const paidBy = paymentMethod === "card" ? "to the card that you paid with" : "to your store credit";
  const card = `${formatMoney(toCard, currency)} ${paidBy}`;
  const credit = `${formatMoney(toCredit, currency)} to your store credit`;
  if (toCredit === 0) return card;
  return toCard === 0 ? credit : `${card} and ${credit}`;
}

const leftOf = (order: OrderForCheckout): number => order.total - refundedInParts(order);

function besidesParts(order: OrderForCheckout): readonly string[] {
  const before = refundedInParts({ refunds: order.refunds.filter(({ status }) => status === "completed") });
  return before === 0 ? [] : [`You have had ${formatMoney(before, order.currency)} of it back before.`];
}

export function linkLetter(reference: OrderReference, daysGood: number): Letter {
  return letter(`The link to your Fernhill order ${reference.number}`, reference, [
    `Somebody asked for a link to this order. The link below is good for ${daysGood} days.`,
    { small: "If that was not you, you do not have to do anything: the link went to this address only." },
  ]);
}

const REASONS: Readonly<Record<string, string>> = {
  OUT_OF_STOCK: "One of the items sold out before we could reserve it for you.",
  CARD_DECLINED: "Your bank declined the card.",
  INSUFFICIENT_FUNDS: "There was not enough money for it.",
  [CREDIT_GONE]: "The store credit that was to pay a part of it was not there any more.",
  ACCOUNT_NOT_OPEN: "You have no store credit account yet.",
  TIMED_OUT: "We could not get an answer about your payment in time.",
  UNAVAILABLE: "We could not reach the payment service.",
  [SETTLED_BY_HAND]: "Something went wrong on our side, and one of us settled it by hand.",
  [NOT_COMPLETED]: "Something went wrong on our side before we could confirm it.",
  [STOPPED_BY_MERCHANT]: "We had to cancel it before it was confirmed, and nothing will be sent.",
  [CANCELLED_BY_CUSTOMER]: "You cancelled it before it left, and nothing will be sent.",
  [CANCELLED_BY_MERCHANT]: "We had to cancel it before it left, and nothing will be sent.",
};

/** Its payment was refused, or no answer came: it was a try, and never a sale that one could cancel. */
const NOT_PAID: readonly string[] = [
  "CARD_DECLINED",
  "INSUFFICIENT_FUNDS",
  CREDIT_GONE,
  "ACCOUNT_NOT_OPEN",
  "TIMED_OUT",
  "UNAVAILABLE",
];

export function cancellationLetter(order: OrderForCheckout, reference: OrderReference, reasonCode: string): Letter {
  const reason = REASONS[reasonCode] ?? "We could not complete your order.";
  const money = leftOf(order) === 0 ? "What you paid had been returned before." : moneyOf(order);
  const welcome =
    reasonCode === CANCELLED_BY_CUSTOMER || reasonCode === CANCELLED_BY_MERCHANT
      ? "You are welcome back at any time."
      : "You are welcome to try again; what you chose is still in the shop.";
  const isTry = NOT_PAID.includes(reasonCode);
  const { number } = reference;
  const subject = isTry
    ? `The payment for your Fernhill order ${number} did not go through`
    : `Your Fernhill order ${number} was cancelled`;
  return letter(subject, reference, [
    reason,
    money,
    ...besidesParts(order),
    "",
    welcome,
    ...(isTry ? ["If you have tried again since, that is an order of its own, and we write about it by itself."] : []),
  ]);
}

/** Of one that a card and store credit were to pay together, the credit is taken only once it is confirmed. */
function moneyOf(order: OrderForCheckout): string {
  const { creditPart, creditTaken, currency, paymentStatus } = order;
  const isHeld = creditPart > 0 && !creditTaken;
  const paid = formatMoney(isHeld ? cardPartOf(order) : leftOf(order), currency);
  const untouched = isHeld ? " Your store credit is all there." : "";
  const said = {
    refunded: `We returned ${paid} to where it came from.`,
    captured: `${paid} is on its way back to where it came from.`,
    authorized: "You were not charged.",
    voided: "You were not charged.",
    none: "You were not charged.",
  }[paymentStatus];
  return `${said}${untouched}`;
}
