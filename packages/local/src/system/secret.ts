/** The secret that signs sessions and order links: made once, kept in the data folder for its owner only. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const BYTES = 32;

export function ensureSecret(dataDir: string): string {
  const path = join(dataDir, "secret");
  if (!existsSync(path)) writeFileSync(path, randomBytes(BYTES).toString("base64url"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}
