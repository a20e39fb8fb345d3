/**
 * The countries that the shop delivers to and how each of them writes a postal code. The server holds to it; the browser asks
 * the same beforehand, so this module has no dependency. After the address data of Chromium and the Universal Postal Union.
 */

export interface PostalRule {
  /** Of the whole code, in capitals. */
  readonly pattern: RegExp;
  readonly example: string;
  /** How the code without blanks and hyphens is parted, and what stands between. */
  readonly parted: readonly [RegExp, string];
  /** What people there call the code, and a part of the country. */
  readonly codeName: string;
  readonly regionName: string;
  /** Mail arrives without the code. */
  readonly optional: boolean;
}

const WHOLE = [/^(.*)$/, "$1"] as const;

function rule(pattern: RegExp, example: string, more: Partial<PostalRule> = {}): PostalRule {
  const whole = new RegExp(`^(?:${pattern.source})$`);
  return {
    pattern: whole,
    example,
    parted: WHOLE,
    codeName: "postal code",
    regionName: "region",
    optional: false,
    ...more,
  };
}

const FOUR_DIGITS = /\d{4}/;
const FIVE_DIGITS = /\d{5}/;

/** By ISO 3166 code. A region is never demanded: where there is one, the postal code tells it. */
const RULES: ReadonlyMap<string, PostalRule> = new Map(
  Object.entries({
    US: rule(/\d{5}(?:[ -]?\d{4})?/, "94103", {
      parted: [/^(\d{5})(\d{4})$/, "$1-$2"],
      codeName: "ZIP or postal code",
      regionName: "state",
    }),
    CA: rule(/[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d/, "K1A 0B1", {
      parted: [/^(.{3})(.{3})$/, "$1 $2"],
      regionName: "province",
    }),
    GB: rule(/GIR ?0AA|[A-Z]{1,2}\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}|BFPO ?\d{1,4}/, "SW1A 1AA", {
      parted: [/^(BFPO(?=\d)|.+(?=.{3}$))(.+)$/, "$1 $2"],
      codeName: "postcode",
      regionName: "county",
    }),
    IE: rule(/(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[ -]?[\dAC-FHKNPRTV-Y]{4}/, "A65 F4E2", {
      parted: [/^(.{3})(.{4})$/, "$1 $2"],
      codeName: "Eircode",
      regionName: "county",
      optional: true,
    }),
    FR: rule(/\d{2} ?\d{3}/, "75001"),
    DE: rule(FIVE_DIGITS, "10115", { regionName: "state" }),
    NL: rule(/[1-9]\d{3} ?[A-Z]{2}/, "1012 AB", { parted: [/^(.{4})(..)$/, "$1 $2"] }),
    BE: rule(FOUR_DIGITS, "1000"),
    AT: rule(FOUR_DIGITS, "1010"),
    CH: rule(FOUR_DIGITS, "8001", { regionName: "canton" }),
    IT: rule(FIVE_DIGITS, "00184", { regionName: "province" }),
    ES: rule(FIVE_DIGITS, "28013", { regionName: "province" }),
    PT: rule(/\d{4}[ -]?\d{3}/, "1100-148", { parted: [/^(.{4})(.{3})$/, "$1-$2"] }),
    DK: rule(FOUR_DIGITS, "1050"),
    SE: rule(/\d{3} ?\d{2}/, "114 55", { parted: [/^(.{3})(..)$/, "$1 $2"] }),
    NO: rule(FOUR_DIGITS, "0150"),
    FI: rule(FIVE_DIGITS, "00100"),
    PL: rule(/\d{2}[ -]?\d{3}/, "00-950", { parted: [/^(..)(.{3})$/, "$1-$2"] }),
    JP: rule(/\d{3}-?\d{4}/, "154-0023", { parted: [/^(.{3})(.{4})$/, "$1-$2"], regionName: "prefecture" }),
    AU: rule(FOUR_DIGITS, "2000", { codeName: "postcode", regionName: "state" }),
    NZ: rule(FOUR_DIGITS, "6011", { codeName: "postcode" }),
  }),
);

export const COUNTRY_CODES: readonly string[] = [...RULES.keys()];

/** Undefined for a country that the shop does not deliver to. */
export function postalRule(country: string): PostalRule | undefined {
  return RULES.get(country);
}

/**
 * A code as it is kept: in capitals, digits and hyphens as ASCII has them (a Japanese keyboard types others), without the
 * country's own letters before it (`CH-8001`), parted as the country parts it (`SW1A 1AA`). What is no code keeps its blanks.
 */
export function tidyPostalCode(typed: string, country: string): string {
  const text = typed
    .normalize("NFKC")
    .replace(/[\p{Pd}\u2212\u30fc]/gu, "-")
    .replace(/\s+/gu, " ")
    .trim()
    .toUpperCase();
  const code = text.replace(new RegExp(`^(?:${country}|[A-Z])-(?=\\d)`), "");
  const asked = postalRule(country);
  return asked?.pattern.test(code) === true ? code.replace(/[ -]/g, "").replace(...asked.parted) : code;
}

/** What is wrong with a tidy code, with an example of one that is right; undefined when it may be sent. */
export function postalCodeProblem(code: string, country: string): string | undefined {
  const asked = postalRule(country);
  if (asked === undefined) return undefined; // then the country is what is wrong
  const { pattern, example, codeName, optional } = asked;
  if (code === "" ? optional : pattern.test(code)) return undefined;
  return `Enter ${/^[AEIOU]/.test(codeName) ? "an" : "a"} ${codeName} such as ${example}`;
}
