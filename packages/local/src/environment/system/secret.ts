/** What must be secret on this machine: made once, kept in the data folder for its owner only. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../child-env.ts";
import type { LocalSettings } from "../settings.ts";

const BYTES = 32;

/** Signs sessions and order links. */
export function ensureSecret(dataDir: string): string {
  return readFileSync(ensureFile(join(dataDir, "secret"), randomBytes(BYTES).toString("base64url")), "utf8").trim();
}

/** The setting of the file with the key that wraps the keys of persons; none where there are keys of the user's, or have to be. */
export function ensureMasterKeys({
  dataDir,
  hasMasterKeys,
  isLocal,
}: Pick<LocalSettings, "dataDir" | "hasMasterKeys" | "isLocal">): Environment {
  if (hasMasterKeys || !isLocal) return {};
  return {
    MASTER_KEYS_FILE: ensureFile(join(dataDir, "master-keys"), `local:${randomBytes(BYTES).toString("base64")}`),
  };
}

function ensureFile(path: string, content: string): string {
  if (!existsSync(path)) writeFileSync(path, content, { mode: 0o600 });
  return path;
}
