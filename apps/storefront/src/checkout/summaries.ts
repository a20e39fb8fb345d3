/** What a finished step says of itself, line by line. Pure. */
import type { Money } from "@tillstream/commerce";
import { formatMoney } from "@tillstream/ui";
import { addressLines } from "../order/address-lines.ts";
import { cardWords, type Card } from "./card.ts";
import { creditPartOf, deliveryMethodOf, keptPostalCode, STORE_CREDIT, type CheckoutFields } from "./fields.ts";

export const METHOD_NAMES = { standard: "Standard delivery", express: "Express delivery" } as const;

export const deliveryLines = (fields: CheckoutFields): readonly string[] => [
  addressLines({ ...fields, postalCode: keptPostalCode(fields) }).join(", "),
  METHOD_NAMES[deliveryMethodOf(fields)],
];

export function paymentLine(fields: CheckoutFields, card: Card, total: Money | undefined): string {
  if (fields.payment === STORE_CREDIT) return "Store credit";
  const part = creditPartOf(fields);
  if (part === undefined || total === undefined || part >= total.amount) return cardWords(card);
  return bothWords(part, total, cardWords(card));
}

/** @param part minor units that store credit pays of the total */
export function bothWords(part: number, total: Money, card = "your card"): string {
  const { currency } = total;
  const rest = formatMoney({ amount: total.amount - part, currency });
  return `${formatMoney({ amount: part, currency })} from your credit, ${rest} on ${card}`;
}

/** Working days on the way. */
export const daysWords = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to
    ? `${from} working ${from === 1 ? "day" : "days"} after dispatch`
    : `${from} to ${to} working days after dispatch`;
