/** What the webhook route works with, made at the first webhook. */
import { createPaymentProvider, createWebhookCounter } from "@tillstream/commerce";
import { paymentSettings } from "@tillstream/commerce/settings";
import { readEnv } from "@tillstream/runtime";
import { server } from "./services.ts";

function create() {
  const { db, clock, logger } = server().services;
  const { webhooks: source } = createPaymentProvider(readEnv(paymentSettings));
  return { db, clock, logger, source, counter: createWebhookCounter(db) };
}

let door: ReturnType<typeof create> | undefined;

export function paymentDoor(): ReturnType<typeof create> {
  return (door ??= create());
}
