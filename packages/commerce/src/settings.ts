/** The settings of the shop. */
import { count, environmentSettings, milliseconds, readEnv } from "@tillstream/runtime";
import type { ShopFacts } from "@tillstream/trpc";
import { z } from "zod";

export type { ShopFacts } from "@tillstream/trpc";

/** What the shop says of itself in mails and links. */
export const shopSettings = {
  /** Where customers reach the shop: links in mails begin with it. */
  SHOP_URL: z
    .url({ protocol: /^https?$/, error: "an http or https address" })
    .transform((url) => url.replace(/\/+$/, ""))
    .default("http://localhost:3000"),
  /** For how long a guest's link to an order is good. */
  ORDER_LINK_DAYS: count(90, 3_650),
  /** Whether prices contain the tax of the country of delivery, or it is added to them. */
  TAX: z.enum(["included", "added"]).default("included"),
  /** The shop's own address, on receipts, on one line. */
  SHOP_ADDRESS: z.string().max(300).default("Fernhill, 1 Orchard Lane, Fernhill, VT 05000, United States"),
  /** The carrier's page of a parcel, with {number} for its tracking number. */
  TRACKING_URL: z
    .string()
    .regex(/^https?:\/\/\S*\{number\}\S*$/, "an http or https address with {number} in it")
    .optional(),
  /** For so many days after it left, an order can be sent back line by line. */
  RETURN_DAYS: count(30, 3_650),
  /** Where customers write to. */
  CONTACT_EMAIL: z.email({ error: "an e-mail address" }).default("hello@fernhill.example"),
  /** Where customers send back what they do not keep, on one line. */
  RETURNS_ADDRESS: z.string().max(300).default("Fernhill Returns, 1 Orchard Lane, Fernhill, VT 05000, United States"),
};

const clockZone = z
  .string()
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
    } catch {
      return false;
    }
  }, "a time zone, such as America/New_York")
  .default("America/New_York");

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;

/** Until when an order leaves the same day. */
const dispatchSettings = {
  /** The hour of the shop's clock until which an order leaves on a working day, 1 to 24. */
  DISPATCH_CUT_OFF_HOUR: z.coerce.number().int().min(1).max(24).default(14),
  /** Where the shop's clock stands. */
  SHOP_TIME_ZONE: clockZone,
  /** Days besides Saturdays and Sundays on which nothing leaves, such as 2026-12-25, comma-separated. */
  DISPATCH_CLOSED_DAYS: z
    .string()
    .regex(new RegExp(`^(?:${DAY}(?:,${DAY})*)?$`), "days such as 2026-12-25, comma-separated")
    .transform((days) => days.split(",").filter((day) => day !== ""))
    .default([]),
};

const ADDRESS = String.raw`[^\s<>@,;"]+@[^\s<>@,;"]+`;

/** By which server mails leave, and whom they come from: both or neither. */
export const mailSettings = {
  /** Such as smtp://user:password@host:587, or smtps:// for TLS from the start. A password travels over TLS only. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "an smtp or smtps address" }).optional(),
  /** Such as Fernhill <orders@fernhill.example>. */
  MAIL_FROM: z
    .string()
    .regex(
      new RegExp(`^(?:[^<>@\\r\\n]+ <${ADDRESS}>|${ADDRESS})$`),
      "an address, such as Fernhill <orders@fernhill.example>",
    )
    .optional(),
};

/** Who takes the payments. */
export const paymentSettings = {
  GATEWAY_URL: z.url().default("http://127.0.0.1:3003"),
  /** Signs the simulated gateway's webhooks: the same on both sides. */
  GATEWAY_WEBHOOK_SECRET: z.string().min(16, "at least 16 characters").default("whsec_local_development"),
  /** With both, Stripe takes the payments instead of the simulated gateway. A key that begins with sk_test_ moves no money. */
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_(?:test|live)_\w+$/, "a secret key of Stripe's")
    .optional(),
  /** Of the webhook endpoint `/api/webhooks/payments` in Stripe's dashboard. */
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
  /** How often the gateway's books are compared with the orders. */
  RECONCILE_INTERVAL_MS: milliseconds(60_000),
};

const DAYS_MAX = 36_500;

/** How long what is kept of persons is kept. */
export const privacySettings = {
  /** For how long a mail that went out is kept. */
  MAIL_RETENTION_DAYS: count(90, DAYS_MAX),
  /** For how long an order that is over keeps address, e-mail address and card token. Tax offices ask for years. */
  ORDER_DETAILS_RETENTION_DAYS: count(3_650, DAYS_MAX),
};

/** A week. */
const SHIPPING_DELAY_MS_MAX = 7 * 24 * 60 * 60 * 1_000;

/** All that the shop's modules need of settings. */
export const commerceSettings = {
  ...shopSettings,
  ...dispatchSettings,
  ...paymentSettings,
  ...privacySettings,
  ...mailSettings,
  /** For so long after its confirmation an order waits to be shipped, and can still be cancelled. */
  SHIPPING_DELAY_MS: z.coerce.number().int().min(0).max(SHIPPING_DELAY_MS_MAX).default(15_000),
  /** Events between two snapshots of an account. */
  SNAPSHOT_EVERY_ACCOUNT: count(100, 1_000_000),
};

const signUpSettings = {
  /** Whether a new account opens with the link in a mail, or at once; the latter by default in a local environment only. */
  SIGN_UP_CONFIRMATION: z.enum(["mail", "none"]).optional(),
  ...environmentSettings,
};

/** Whether new accounts are confirmed by mail, as the settings of this process have it. */
export function mailsConfirm(): boolean {
  const { SIGN_UP_CONFIRMATION, TILLSTREAM_LOCAL: isLocal } = readEnv(signUpSettings);
  return (SIGN_UP_CONFIRMATION ?? (isLocal ? "none" : "mail")) === "mail";
}

/** What the shop says of itself, as the settings of this process have it. */
export function readShopFacts(): ShopFacts {
  const settings = readEnv(shopSettings);
  return {
    url: settings.SHOP_URL,
    orderLinkDays: settings.ORDER_LINK_DAYS,
    address: settings.SHOP_ADDRESS,
    returnsAddress: settings.RETURNS_ADDRESS,
    returnDays: settings.RETURN_DAYS,
    trackingUrl: settings.TRACKING_URL,
    taxIsAdded: settings.TAX === "added",
  };
}

export interface DispatchRule {
  /** Of the shop's clock: 14 means until 13:59:59. */
  readonly cutOffHour: number;
  /** IANA name of where that clock stands. */
  readonly timeZone: string;
  /** Days besides Saturdays and Sundays on which nothing leaves, as `2026-12-25`. */
  readonly closedDays: readonly string[];
  /** For so long an order waits in any case, and can be cancelled. */
  readonly delayMs: number;
}

/** When orders leave, as the settings of this process have it. */
export function readDispatchRule(): DispatchRule {
  const settings = readEnv({ ...dispatchSettings, SHIPPING_DELAY_MS: commerceSettings.SHIPPING_DELAY_MS });
  return {
    cutOffHour: settings.DISPATCH_CUT_OFF_HOUR,
    timeZone: settings.SHOP_TIME_ZONE,
    closedDays: settings.DISPATCH_CLOSED_DAYS,
    delayMs: settings.SHIPPING_DELAY_MS,
  };
}

/** What the service pages promise, as the settings of this process have it. */
export function readShopPromises() {
  const settings = readEnv({ ...shopSettings, ...privacySettings });
  return {
    email: settings.CONTACT_EMAIL,
    returnsAddress: settings.RETURNS_ADDRESS,
    returnDays: settings.RETURN_DAYS,
    orderLinkDays: settings.ORDER_LINK_DAYS,
    mailDays: settings.MAIL_RETENTION_DAYS,
    orderDays: settings.ORDER_DETAILS_RETENTION_DAYS,
  };
}
