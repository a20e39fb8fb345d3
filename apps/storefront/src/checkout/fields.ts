/** The fields of the checkout form and what is asked of each before it is sent. The server asks the same again. */
import { postalCodeProblem, tidyPostalCode } from "@tillstream/commerce/postal-rules";
import { EMAIL_EXAMPLE, emailAddress } from "@tillstream/trpc/email-address";
import { visibleText } from "@tillstream/trpc/visible-text";

export interface CheckoutFields {
  email: string;
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  payment: string;
}

export type FieldName = keyof CheckoutFields;
export type FieldErrors = Partial<Record<FieldName, string>>;

const REQUIRED: Partial<Record<FieldName, string>> = {
  email: "Enter your e-mail address, so that we can write to you about the order",
  name: "Enter a full name",
  line1: "Enter a street and number",
  city: "Enter a city",
  country: "Choose a country",
};

export function checkFields(fields: CheckoutFields): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, message] of Object.entries(REQUIRED) as [FieldName, string][]) {
    if (visibleText(fields[name]) === "") errors[name] = message;
  }
  if (errors.email === undefined && emailAddress(fields.email) === undefined)
    errors.email = `Enter an e-mail address such as ${EMAIL_EXAMPLE}`;
  const { country, postalCode } = fields;
  const problem = postalCodeProblem(tidyPostalCode(visibleText(postalCode), country), country);
  if (problem !== undefined) errors.postalCode = problem;
  return errors;
}

/** The form's field for a field of the command, such as `shippingAddress.city`. */
export function fieldOf(path: string): FieldName | undefined {
  const [first, second] = path.split(".");
  if (first === "email") return "email";
  if (first === "payment") return "payment";
  const names: readonly string[] = ["name", "line1", "line2", "city", "region", "postalCode", "country"];
  return first === "shippingAddress" && second !== undefined && names.includes(second)
    ? (second as FieldName)
    : undefined;
}

export const EMPTY_FIELDS: CheckoutFields = {
  email: "",
  name: "",
  line1: "",
  line2: "",
  city: "",
  region: "",
  postalCode: "",
  country: "US",
  payment: "tok_visa",
};

/** What is sent, from what was typed. */
export function toCommand(fields: CheckoutFields) {
  const { email, name, line1, line2, city, region, postalCode, country } = fields;
  const optional = {
    ...(line2.trim() !== "" && { line2 }),
    ...(region.trim() !== "" && { region }),
    ...(postalCode.trim() !== "" && { postalCode }),
  };
  return { email: email.trim(), shippingAddress: { name, line1, ...optional, city, country } };
}
