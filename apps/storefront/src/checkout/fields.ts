/** The fields of the checkout and what is asked of each before it is sent. The server asks the same again. */
import type { Money } from "@tillstream/commerce";
import { formatMoney } from "@tillstream/ui";
import { parseAmount } from "../account/amount.ts";
import type { shownCard } from "./card.ts";
import type { SavedAddress } from "./checkout-view-props.ts";
import { postalCodeProblem, tidyPostalCode } from "@tillstream/commerce/postal-rules";
import { EMAIL_EXAMPLE, emailAddress } from "@tillstream/trpc/email-address";
import { visibleText } from "@tillstream/trpc/visible-text";
import { addressParts } from "../order/address-lines.ts";

export interface CheckoutFields {
  email: string;
  country: string;
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  /** How it travels. */
  delivery: string;
  /** As it was applied; empty for none. */
  discountCode: string;
  payment: string;
  /** Whether store credit pays a part beside the card; empty for no. */
  useCredit: string;
  /** How much of it, as it was typed. */
  creditPart: string;
}

export type FieldName = keyof CheckoutFields;
export type FieldErrors = Partial<Record<FieldName, string>>;

const REQUIRED: Partial<Record<FieldName, string>> = {
  email: "Enter your e-mail address, so that we can write to you about the order",
  country: "Choose a country",
  name: "Enter a full name",
  line1: "Enter a street and number",
  city: "Enter a city",
};

/** The fields of an address, from top to bottom. */
export const addressFields = (country: string): readonly FieldName[] => [
  "country",
  "name",
  "line1",
  "line2",
  ...addressParts(country),
];

/** As the order will have it. */
export const keptPostalCode = ({ postalCode, country }: Pick<CheckoutFields, "postalCode" | "country">): string =>
  tidyPostalCode(visibleText(postalCode), country);

export function checkFields(fields: CheckoutFields): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, message] of Object.entries(REQUIRED) as [FieldName, string][]) {
    if (visibleText(fields[name]) === "") errors[name] = message;
  }
  if (errors.email === undefined && emailAddress(fields.email) === undefined)
    errors.email = `Enter an e-mail address such as ${EMAIL_EXAMPLE}`;
  const problem = postalCodeProblem(keptPostalCode(fields), fields.country);
  if (problem !== undefined) errors.postalCode = problem;
  return errors;
}

/** The form's field for a field of the command, such as `shippingAddress.city`. */
export function fieldOf(path: string): FieldName | undefined {
  const [first, second] = path.split(".");
  if (first === "payment" && second === "credit") return "creditPart";
  const whole = (["email", "payment", "delivery"] as const).find((name) => name === first);
  if (whole !== undefined) return whole;
  return first === "shippingAddress" ? addressFields("US").find((name) => name === second) : undefined;
}

export const EMPTY_FIELDS: CheckoutFields = {
  email: "",
  country: "US",
  name: "",
  line1: "",
  line2: "",
  city: "",
  region: "",
  postalCode: "",
  delivery: "standard",
  discountCode: "",
  payment: "card",
  useCredit: "",
  creditPart: "",
};

export const STORE_CREDIT = "account";

/** Minor units that store credit is to pay beside the card; undefined for none, and for what is no amount. */
export const creditPartOf = ({ payment, useCredit, creditPart }: CheckoutFields): number | undefined =>
  payment === STORE_CREDIT || useCredit === "" ? undefined : parseAmount(creditPart);

/** Minor units of the total that the credit can pay beside a card, for which a cent must be left. */
export const creditPartMax = (available: Money, total: Money): number =>
  Math.max(0, Math.min(available.amount, total.amount - 1));

/** @param available undefined where there is no account */
export function checkCreditPart(fields: CheckoutFields, available: Money | undefined): FieldErrors {
  if (fields.payment === STORE_CREDIT || fields.useCredit === "" || available === undefined) return {};
  const part = creditPartOf(fields);
  if (part === undefined) return { creditPart: "Enter an amount such as 20.00, or use no credit" };
  return part <= available.amount ? {} : { creditPart: `You have ${formatMoney(available)}: enter no more than that` };
}

/** A saved address as the fields have it: what it lacks is empty. */
export const fieldsOfSaved = ({ id: _id, ...address }: SavedAddress): Partial<CheckoutFields> => ({
  line2: "",
  region: "",
  postalCode: "",
  ...address,
});

export const deliveryMethodOf = ({ delivery }: CheckoutFields) => (delivery === "express" ? "express" : "standard");

export function toPayment(fields: CheckoutFields, token: string, card: ReturnType<typeof shownCard>) {
  if (fields.payment === STORE_CREDIT) return { method: "account" } as const;
  const amount = creditPartOf(fields);
  const credit = amount !== undefined && ({ credit: { amount, currency: "USD" } } as const);
  return { method: "card", token, card, ...credit } as const;
}

/** What is sent, from what was typed. */
export function toCommand(fields: CheckoutFields) {
  const { email, name, line1, line2, city, region, postalCode, country } = fields;
  const optional = {
    ...(line2.trim() !== "" && { line2 }),
    ...(region.trim() !== "" && { region }),
    ...(postalCode.trim() !== "" && { postalCode }),
  };
  return {
    email: email.trim(),
    shippingAddress: { name, line1, ...optional, city, country },
    delivery: deliveryMethodOf(fields),
  } as const;
}
