/** An address as people in its country write it. */
const names = new Intl.DisplayNames("en", { type: "region" });

export const countryName = (code: string): string => names.of(code) ?? code;

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

type Written = Readonly<Partial<Record<Part | "name" | "line1" | "line2" | "country", string | undefined>>>;

/** What belongs together on one line. Empty once its customer was forgotten. */
export function addressLines({ name, line1, line2, country, ...rest }: Written): readonly string[] {
  const place = addressParts(country ?? "").map((part) => rest[part]?.trim());
  const lines = [name, line1, line2, place.filter(Boolean).join(" "), country && countryName(country)];
  return lines.map((line) => line?.trim() ?? "").filter((line) => line !== "");
}
