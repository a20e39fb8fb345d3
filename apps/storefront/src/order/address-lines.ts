/** An order's address as it is written on a parcel. Empty once its customer was forgotten. */
const names = new Intl.DisplayNames("en", { type: "region" });

export function addressLines(address: Readonly<Record<string, string>>): readonly string[] {
  const { name, line1, line2, city, region, postalCode, country } = address;
  const place = [postalCode, city, region].filter(Boolean).join(" ");
  const lines = [name, line1, line2, place, country && names.of(country)];
  return lines.filter((line): line is string => line !== undefined && line !== "");
}
