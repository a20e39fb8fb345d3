/** Where we send to, by ISO 3166 code, in the shop's language; and what an address there is made of. */
import { COUNTRY_CODES, postalRule } from "@tillstream/commerce/postal-rules";

const names = new Intl.DisplayNames("en", { type: "region" });

export const countryName = (code: string): string => names.of(code) ?? code;

export const COUNTRIES = COUNTRY_CODES.map((code) => ({ value: code, label: countryName(code) }));

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How people there call the parts of an address, and whether mail needs the code. */
export function addressWords(country: string) {
  const { codeName = "postal code", regionName = "region", optional = false } = postalRule(country) ?? {};
  return { postalCode: capitalised(codeName), region: capitalised(regionName), postalCodeOptional: optional };
}

type Part = "city" | "region" | "postalCode";

const CITY_FIRST: readonly Part[] = ["city", "region", "postalCode"];
const CODE_FIRST: readonly Part[] = ["postalCode", "city", "region"];
const LARGEST_FIRST: readonly Part[] = ["postalCode", "region", "city"];
const NAMES_FIRST = ["US", "CA", "GB", "IE", "AU", "NZ"];

/** What is below the street, in the order in which people there write it. */
export function addressParts(country: string): readonly Part[] {
  if (country === "JP") return LARGEST_FIRST;
  return NAMES_FIRST.includes(country) ? CITY_FIRST : CODE_FIRST;
}
