/** Where we send to, by ISO 3166 code; and what people there call the parts of an address. */
import { COUNTRY_CODES, postalRule } from "@tillstream/commerce/postal-rules";
import { countryName } from "../order/address-lines.ts";

export const COUNTRIES = COUNTRY_CODES.map((code) => ({ value: code, label: countryName(code) }));

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How people there call the parts of an address, and whether mail needs the code. */
export function addressWords(country: string) {
  const { codeName = "postal code", regionName = "region", optional = false } = postalRule(country) ?? {};
  return { postalCode: capitalised(codeName), region: capitalised(regionName), postalCodeOptional: optional };
}
