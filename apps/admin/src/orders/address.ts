/** An address as it is being corrected, in the order in which one is read. */
import { COUNTRY_CODES, postalRule } from "@tillstream/commerce/postal-rules";

export type AddressPart = "name" | "line1" | "line2" | "city" | "region" | "postalCode" | "country";
export type Address = Readonly<Record<AddressPart, string>>;

export const PARTS = [
  "name",
  "line1",
  "line2",
  "city",
  "region",
  "postalCode",
  "country",
] as const satisfies readonly AddressPart[];

const names = new Intl.DisplayNames("en", { type: "region" });

export const COUNTRIES = COUNTRY_CODES.map((code) => ({ value: code, label: names.of(code) ?? code }));

/** Of an order whose address has other parts than these they are not kept. */
export function addressOf(known: Readonly<Record<string, string>>): Address {
  const part = (name: AddressPart) => known[name] ?? "";
  return {
    name: part("name"),
    line1: part("line1"),
    line2: part("line2"),
    city: part("city"),
    region: part("region"),
    postalCode: part("postalCode"),
    country: part("country"),
  };
}

/** What people in the country call the parts. */
export function wordOf(part: AddressPart, country: string): string {
  const { codeName = "postal code", regionName = "region" } = postalRule(country) ?? {};
  const word = {
    name: "name",
    line1: "street and number",
    line2: "further line",
    city: "city",
    region: regionName,
    postalCode: codeName,
    country: "country",
  }[part];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function isRequired(part: AddressPart, country: string): boolean {
  if (part === "postalCode") return postalRule(country)?.optional !== true;
  return part !== "line2" && part !== "region";
}

export const differences = (one: Address, other: Address): readonly AddressPart[] =>
  PARTS.filter((part) => one[part] !== other[part]);
