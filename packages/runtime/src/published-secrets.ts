/** Secrets that anyone may read in the repository protect nothing: in production they are refused. */
import { z } from "zod";
import { environmentSettings, InvalidSettingsError, processSettings, readEnv } from "./env.ts";
import { readMasterKeys } from "./master-keys.ts";

/** Passwords of roles in the embedded database and in docker-compose.yml. */
const PUBLISHED_PASSWORDS: readonly string[] = ["tillstream", "tillstream_app"];
const [{ key: PUBLISHED_KEY }] = readMasterKeys({});

/** Whether people use this: production, outside a local environment. */
export function isInProduction(source?: Record<string, string | undefined>): boolean {
  const { NODE_ENV, TILLSTREAM_LOCAL } = readEnv({ NODE_ENV: z.string().optional(), ...environmentSettings }, source);
  return NODE_ENV === "production" && !TILLSTREAM_LOCAL;
}

/**
 * Throws `InvalidSettingsError`, which names each setting whose secret anyone may read: in production, outside a local environment.
 * @param secrets settings whose defaults anyone may read; the database's passwords and the master keys are looked at anyway
 */
export function refusePublished(secrets: z.ZodRawShape, source?: Record<string, string | undefined>): void {
  if (!isInProduction(source)) return;
  const [own, defaults] = [readEnv(secrets, source), readEnv(secrets, {})];
  const { DATABASE_URL, APP_DATABASE_URL } = readEnv(processSettings, source);
  const urls = [DATABASE_URL, APP_DATABASE_URL].filter((url) => url !== undefined);
  const published = [
    ...Object.keys(secrets).filter((name) => own[name] === defaults[name]),
    ...(readMasterKeys(source).some(({ key }) => key.equals(PUBLISHED_KEY)) ? ["MASTER_KEYS"] : []),
    ...(urls.some((url) => PUBLISHED_PASSWORDS.includes(new URL(url).password)) ? ["DATABASE_URL (its password)"] : []),
  ];
  if (published.length === 0) return;
  throw new InvalidSettingsError(
    `NODE_ENV is production, and anyone may read the secrets in:\n${published.map((name) => `  ${name}: set one of your own`).join("\n")}`,
  );
}
