/**
 * The number of an order, for people: ten symbols that cannot be mistaken for others when read out, worked out
 * from the order's id, so that the id gives the number. SQL has the same function, `order_number`.
 */
import { createHash } from "node:crypto";

/** Crockford's base 32: no I, L, O or U. https://www.crockford.com/base32.html */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;
const GROUP = LENGTH / 2;
/** What people write for a symbol that looks like it. */
const MISTAKEN: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

const grouped = (symbols: string) => `${symbols.slice(0, GROUP)}-${symbols.slice(GROUP)}`;

/** Such as `7K2MQ-X40VB`. */
export function orderNumber(orderId: string): string {
  const digest = createHash("sha256").update(orderId).digest();
  return grouped(Array.from(digest.subarray(0, LENGTH), (byte) => SYMBOLS.charAt(byte & 31)).join(""));
}

/** The number that a person means: lower case, blanks, a missing dash and O, I or L are no obstacle. Undefined for anything else. */
export function parseOrderNumber(typed: string): string | undefined {
  const symbols = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replace(/[OIL]/g, (letter) => MISTAKEN[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(symbols) ? grouped(symbols) : undefined;
}
