/** The keys that wrap the keys of persons: in a setting, or in a file that only the processes may read. */
import { readFileSync } from "node:fs";
import { InvalidSettingsError, masterKeySettings, readEnv } from "./env.ts";

export interface MasterKey {
  /** Names the key beside what it wraps. */
  readonly id: string;
  readonly key: Buffer;
}

const KEY_BYTES = 32;
const FORM = /^([\w-]{1,40}):([A-Za-z0-9+/]{43}=)$/;

/** The first wraps, all unwrap. Throws `InvalidSettingsError`. */
export function readMasterKeys(source?: Record<string, string | undefined>): readonly [MasterKey, ...MasterKey[]] {
  const { MASTER_KEYS, MASTER_KEYS_FILE } = readEnv(masterKeySettings, source);
  return MASTER_KEYS_FILE === undefined
    ? parseMasterKeys(MASTER_KEYS, "MASTER_KEYS")
    : parseMasterKeys(textOf(MASTER_KEYS_FILE), "MASTER_KEYS_FILE");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InvalidSettingsError(`MASTER_KEYS_FILE: ${(error as Error).message}`);
  }
}

function parseMasterKeys(text: string, setting: string): readonly [MasterKey, ...MasterKey[]] {
  const [first, ...others] = text
    .trim()
    .split(/[\s,]+/)
    .map((one): MasterKey => {
      const [, id = "", key = ""] = FORM.exec(one) ?? [];
      const bytes = Buffer.from(key, "base64");
      if (bytes.length !== KEY_BYTES)
        throw new InvalidSettingsError(`${setting}: each key is <name>:<32 bytes in base64>, comma-separated`);
      return { id, key: bytes };
    });
  if (first === undefined) throw new InvalidSettingsError(`${setting}: needs a key`);
  const names = [first, ...others].map(({ id }) => id);
  if (new Set(names).size < names.length) throw new InvalidSettingsError(`${setting}: two keys have one name`);
  return [first, ...others];
}
