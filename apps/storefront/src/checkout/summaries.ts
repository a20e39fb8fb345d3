/** What a finished step says of itself, line by line. Pure. */
import { cardWords, type Card } from "./card.ts";
import { addressParts, countryName } from "./countries.ts";
import { deliveryMethodOf, STORE_CREDIT, type CheckoutFields } from "./fields.ts";

/** In the order of the country, what belongs together on one line. */
export function addressLines(fields: CheckoutFields): readonly string[] {
  const { name, line1, line2, country } = fields;
  const place = addressParts(country).map((part) => fields[part].trim());
  const lines = [name, line1, line2, place.filter((part) => part !== "").join(" "), countryName(country)];
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

export const METHOD_NAMES = { standard: "Standard delivery", express: "Express delivery" } as const;

export const deliveryLines = (fields: CheckoutFields): readonly string[] => [
  addressLines(fields).join(", "),
  METHOD_NAMES[deliveryMethodOf(fields)],
];

export const paymentLine = ({ payment }: CheckoutFields, card: Card): string =>
  payment === STORE_CREDIT ? "Store credit" : cardWords(card);

/** Working days on the way. */
export const daysWords = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to
    ? `${from} working ${from === 1 ? "day" : "days"} after dispatch`
    : `${from} to ${to} working days after dispatch`;
