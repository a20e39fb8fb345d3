/** Secrets that anyone may read in the repository protect nothing: in production they are refused. */
import { z } from "zod";
import {
  environmentSettings,
  InvalidSettingsError,
  paymentSettings,
  processSettings,
  PUBLISHED,
  readEnv,
} from "./env.ts";
import { readMasterKeys } from "./master-keys.ts";

/** Passwords of roles in the embedded database and in docker-compose.yml. */
const PUBLISHED_PASSWORDS: readonly string[] = ["tillstream", "tillstream_app"];
const [{ key: PUBLISHED_KEY }] = readMasterKeys({});

const secretSettings = {
  APP_SECRET: processSettings.APP_SECRET,
  DATABASE_URL: processSettings.DATABASE_URL,
  APP_DATABASE_URL: processSettings.APP_DATABASE_URL,
  GATEWAY_WEBHOOK_SECRET: paymentSettings.GATEWAY_WEBHOOK_SECRET,
  STRIPE_WEBHOOK_SECRET: paymentSettings.STRIPE_WEBHOOK_SECRET,
};

/** Whether people use this: production, outside a local environment. */
export function isInProduction(source?: Record<string, string | undefined>): boolean {
  const { NODE_ENV, TILLSTREAM_LOCAL } = readEnv({ NODE_ENV: z.string().optional(), ...environmentSettings }, source);
  return NODE_ENV === "production" && !TILLSTREAM_LOCAL;
}

/** Throws `InvalidSettingsError`, which names each setting whose secret anyone may read: in production, outside a local environment. */
export function refusePublishedSecrets(source?: Record<string, string | undefined>): void {
  if (!isInProduction(source)) return;
  const settings = readEnv(secretSettings, source);
  const urls = [settings.DATABASE_URL, settings.APP_DATABASE_URL].filter((url) => url !== undefined);
  const published = [
    ...(settings.APP_SECRET === PUBLISHED.APP_SECRET ? ["APP_SECRET"] : []),
    // With Stripe in its place, nothing is signed with it.
    ...(settings.STRIPE_WEBHOOK_SECRET === undefined &&
    settings.GATEWAY_WEBHOOK_SECRET === PUBLISHED.GATEWAY_WEBHOOK_SECRET
      ? ["GATEWAY_WEBHOOK_SECRET"]
      : []),
    ...(readMasterKeys(source).some(({ key }) => key.equals(PUBLISHED_KEY)) ? ["MASTER_KEYS"] : []),
    ...(urls.some((url) => PUBLISHED_PASSWORDS.includes(new URL(url).password)) ? ["DATABASE_URL (its password)"] : []),
  ];
  if (published.length === 0) return;
  throw new InvalidSettingsError(
    `NODE_ENV is production, and anyone may read the secrets in:\n${published.map((name) => `  ${name}: set one of your own`).join("\n")}`,
  );
}
