/** The secrets of a process of the shop that must be its own in production. */
import { readEnv, refusePublished } from "@tillstream/runtime";
import { authSettings } from "@tillstream/trpc/settings";
import { paymentSettings } from "./settings.ts";

/** Throws `InvalidSettingsError`, which names each setting whose secret anyone may read: in production, outside a local environment. */
export function refusePublishedSecrets(source?: Record<string, string | undefined>): void {
  const { GATEWAY_WEBHOOK_SECRET, STRIPE_WEBHOOK_SECRET } = paymentSettings;
  // With Stripe in its place, nothing is signed with the gateway's secret.
  const withStripe = readEnv({ STRIPE_WEBHOOK_SECRET }, source).STRIPE_WEBHOOK_SECRET !== undefined;
  refusePublished({ ...authSettings, ...(!withStripe && { GATEWAY_WEBHOOK_SECRET }) }, source);
}
