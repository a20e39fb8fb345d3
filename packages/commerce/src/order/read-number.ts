/** Reading the number of an order as people write it. The browser asks the same before it sends, so this has no dependency. */

const GROUP = 5;
/** What people write for a symbol that looks like it. */
const MISTAKEN: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

export const grouped = (symbols: string): string => `${symbols.slice(0, GROUP)}-${symbols.slice(GROUP)}`;

/** The number that a person means: lower case, blanks, a missing dash and O, I or L are no obstacle. Undefined for anything else. */
export function parseOrderNumber(typed: string): string | undefined {
  const symbols = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replace(/[OIL]/g, (letter) => MISTAKEN[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(symbols) ? grouped(symbols) : undefined;
}
