/** The signed link by which a guest reads an order: a keyed digest of the order id, compared in constant time. */
import { createHmac, timingSafeEqual } from "node:crypto";

export function orderAccessToken(secret: string, orderId: string): string {
  return createHmac("sha256", secret).update(`order:${orderId}`).digest("base64url");
}

export function mayReadOrder(secret: string, orderId: string, accessToken: string): boolean {
  const expected = Buffer.from(orderAccessToken(secret, orderId));
  const given = Buffer.from(accessToken);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
