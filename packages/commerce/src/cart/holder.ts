/**
 * Who holds a cart: an account its own, a guest the one of its signed token. The token travels as a cookie, and in a header
 * for browsers that keep no cookies.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { cookieOf, setCookie } from "@tillstream/runtime";
import type { Exchange } from "@tillstream/runtime";

/** How long an unchanged cart is kept. */
export const CART_DAYS = 30;
const CART_SECONDS = CART_DAYS * 24 * 60 * 60;
const COOKIE = "fernhill.cart";
const HEADER = "tillstream-cart";

/** The visitor who looks at a cart or changes it. */
export interface Visitor extends Exchange {
  readonly user: { readonly id: string } | null;
  /** Signs the token of a guest's cart. */
  readonly secret: string;
}

export interface Holder {
  /** Null for a guest. */
  readonly customerId: string | null;
  /** The cart that the token opens, also beside an account: until it is taken over. */
  readonly tokenCartId: string | null;
}

function cartToken(secret: string, cartId: string): string {
  return `${cartId}.${createHmac("sha256", secret).update(`cart:${cartId}`).digest("base64url")}`;
}

function cartIdOf(secret: string, token: string): string | null {
  const cartId = token.slice(0, Math.max(token.lastIndexOf("."), 0));
  const expected = Buffer.from(cartToken(secret, cartId));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected) ? cartId : null;
}

export function holderOf(ctx: Visitor): Holder {
  const token = cookieOf(ctx, COOKIE) ?? ctx.requestHeaders?.get(HEADER);
  return {
    customerId: ctx.user?.id ?? null,
    tokenCartId: typeof token === "string" ? cartIdOf(ctx.secret, token) : null,
  };
}

/** Lets the browser keep a guest's cart. Answers the token, for a browser that keeps no cookies. */
export function handOver(ctx: Visitor, cartId: string): string {
  const token = cartToken(ctx.secret, cartId);
  setCookie(ctx, COOKIE, token, CART_SECONDS);
  return token;
}

/** The browser's next visitor holds nothing of this one: what the cart became tells a name and an address. */
export function dropCartToken(ctx: Pick<Exchange, "responseHeaders">): void {
  setCookie(ctx, COOKIE, "", 0);
}
