/** Where we send to, by ISO 3166 code, in the shop's language. */
const CODES = [
  "US",
  "CA",
  "GB",
  "IE",
  "FR",
  "DE",
  "NL",
  "BE",
  "AT",
  "CH",
  "IT",
  "ES",
  "PT",
  "DK",
  "SE",
  "NO",
  "FI",
  "PL",
  "JP",
  "AU",
  "NZ",
] as const;

const names = new Intl.DisplayNames("en", { type: "region" });

export const COUNTRIES = CODES.map((code) => ({ value: code, label: names.of(code) ?? code }));
