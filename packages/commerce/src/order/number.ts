/**
 * The number of an order, for people: ten symbols that cannot be mistaken for others when read out, worked out
 * from the order's id, so that the id gives the number. SQL has the same function, `order_number`.
 */
import { createHash } from "node:crypto";
import { grouped } from "./read-number.ts";

/** Crockford's base 32: no I, L, O or U. https://www.crockford.com/base32.html */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;

/** Such as `7K2MQ-X40VB`. */
export function orderNumber(orderId: string): string {
  const digest = createHash("sha256").update(orderId).digest();
  return grouped(Array.from(digest.subarray(0, LENGTH), (byte) => SYMBOLS.charAt(byte & 31)).join(""));
}
