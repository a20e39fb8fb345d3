/**
 * The rates of value added and sales tax by country of delivery: the standard rate, which the goods of this shop fall under.
 *
 * As of 1 January 2026. European Union: "VAT rates applied in the Member States", European Commission, Taxes in Europe Database.
 * United Kingdom: HM Revenue & Customs. Switzerland: Federal Tax Administration. Norway: Skatteetaten. Japan: National Tax Agency.
 * Australia: Australian Taxation Office. New Zealand: Inland Revenue. Canada: the federal GST of the Canada Revenue Agency; what
 * provinces add is not charged. United States: sales tax is a matter of each state, and none is charged. Pure.
 */
const BASIS_POINTS: Readonly<Record<string, number>> = {
  AT: 2_000,
  AU: 1_000,
  BE: 2_100,
  CA: 500,
  CH: 810,
  DE: 1_900,
  DK: 2_500,
  ES: 2_100,
  FI: 2_550,
  FR: 2_000,
  GB: 2_000,
  IE: 2_300,
  IT: 2_200,
  JP: 1_000,
  NL: 2_100,
  NO: 2_500,
  NZ: 1_500,
  PL: 2_300,
  PT: 2_300,
  SE: 2_500,
  US: 0,
};

/** In hundredths of a percent; undefined for a country without an entry. */
export const taxBasisPoints = (country: string): number | undefined => BASIS_POINTS[country];

/** ISO 3166 codes. */
export const TAXED_COUNTRIES: readonly string[] = Object.keys(BASIS_POINTS);
