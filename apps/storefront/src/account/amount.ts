/** An amount as people type it, in dollars, as minor units. */
const AMOUNT = /^\$?\s*(\d{1,6})(?:[.,](\d{1,2}))?$/;

/** Undefined for a text that is not an amount, or for none. */
export function parseAmount(text: string): number | undefined {
  const match = AMOUNT.exec(text.trim().replaceAll(/(\d),(?=\d{3}\b)/g, "$1"));
  if (match === null) return undefined;
  const [, whole = "0", cents = ""] = match;
  const amount = Number(whole) * 100 + Number(cents.padEnd(2, "0"));
  return amount > 0 ? amount : undefined;
}
