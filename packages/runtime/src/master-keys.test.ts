import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { InvalidSettingsError } from "./env.ts";
import { readMasterKeys } from "./master-keys.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");

it("the first of several keys comes first, from the setting or from a file", () => {
  const text = `next:${key(1)},old:${key(2)}`;
  const folder = mkdtempSync(join(tmpdir(), "master-keys-"));
  try {
    const path = join(folder, "keys");
    writeFileSync(path, `${text.replace(",", "\n")}\n`);
    for (const settings of [{ MASTER_KEYS: text }, { MASTER_KEYS: `unused:${key(3)}`, MASTER_KEYS_FILE: path }])
      expect(readMasterKeys(settings)).toEqual([
        { id: "next", key: Buffer.alloc(32, 1) },
        { id: "old", key: Buffer.alloc(32, 2) },
      ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("a file that is not there is named with its setting", () => {
  expect(() => readMasterKeys({ MASTER_KEYS_FILE: "/nowhere/keys" })).toThrow(/^MASTER_KEYS_FILE: .*\/nowhere\/keys/);
});

it.each([
  ["a key without a name", key(1)],
  ["a key of 31 bytes", `short:${Buffer.alloc(31).toString("base64")}`],
  ["two keys of one name", `one:${key(1)},one:${key(2)}`],
  ["a name with a blank", `a key:${key(1)}`],
])("%s is refused by the setting's name, and not told", (_, text) => {
  const read = () => readMasterKeys({ MASTER_KEYS: text });
  expect(read).toThrow(InvalidSettingsError);
  expect(read).toThrow(/^MASTER_KEYS: /);
  expect(read).not.toThrow(new RegExp(key(1).slice(0, 20)));
});
