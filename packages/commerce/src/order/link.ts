/**
 * The signed link by which a guest reads an order. It says until when it is good, to the day, and that is signed with it:
 * made again on the same day it is the same. One that is over still tells that its owner may have a new one.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { systemClock } from "@tillstream/runtime";
import type { Clock } from "@tillstream/runtime";
import { readShopFacts } from "../settings.ts";
import type { ShopFacts } from "../settings.ts";
import { orderNumber } from "./number.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What links are made with. */
export interface OrderLinks {
  readonly secret: string;
  readonly clock: Clock;
  readonly shop: ShopFacts;
}

/** Those of this process's settings. */
export function orderLinks(secret: string): OrderLinks {
  return { secret, clock: systemClock, shop: readShopFacts() };
}

/** How people name an order, and how they get to it. */
export interface OrderReference {
  readonly number: string;
  /** Opens the order's page without signing in. */
  readonly accessToken: string;
  /** The order's page, opened. */
  readonly url: string;
}

export function referTo(links: OrderLinks, orderId: string): OrderReference {
  const accessToken = orderAccessToken(links, orderId);
  const url = `${links.shop.url}/orders/${encodeURIComponent(orderId)}?token=${accessToken}`;
  return { number: orderNumber(orderId), accessToken, url };
}

/** Good for the rest of today and the days after it that the setting says. */
export function orderAccessToken({ secret, clock, shop }: OrderLinks, orderId: string): string {
  const lastDay = today(clock) + shop.orderLinkDays;
  return `${lastDay}.${sign(secret, `order-link:${lastDay}:${orderId}`)}`;
}

/** `forged`: nothing that we ever gave out for this order. */
export function checkOrderLink(
  { secret, clock }: Pick<OrderLinks, "secret" | "clock">,
  orderId: string,
  accessToken: string,
): "open" | "expired" | "forged" {
  const [, lastDay] = /^(\d{1,7})\.[\w-]{43}$/.exec(accessToken) ?? [];
  if (lastDay === undefined) {
    // A link of the time before links expired.
    return isSame(accessToken, sign(secret, `order:${orderId}`)) ? "expired" : "forged";
  }
  if (!isSame(accessToken, `${lastDay}.${sign(secret, `order-link:${lastDay}:${orderId}`)}`)) return "forged";
  return Number(lastDay) >= today(clock) ? "open" : "expired";
}

const today = (clock: Clock) => Math.floor(clock.now().getTime() / DAY_MS);

function sign(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** In constant time. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
