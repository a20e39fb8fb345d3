import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kernelSettings, portSettings, processSettings, readEnv } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { REPOSITORY_ROOT } from "./run-tool.ts";
import { readExample, settingsOf } from "./settings-listed.ts";
import { readSourceFiles } from "./source-files.ts";

const example = readExample(readFileSync(join(REPOSITORY_ROOT, ".env.example"), "utf8"));

it(".env.example lists every setting of every package", () => {
  const settings = settingsOf(readSourceFiles(REPOSITORY_ROOT));
  expect(settings).toEqual(expect.arrayContaining(["GATEWAY_LEDGER", ...Object.keys(processSettings)]));
  expect(settings.filter((name) => !example.has(name))).toEqual([]);
});

it(".env.example states the defaults that hold", () => {
  const shape = { ...portSettings, ...processSettings, ...kernelSettings };
  const defaults: Record<string, string | number | boolean | undefined> = readEnv(shape, {});
  for (const name of Object.keys(shape))
    expect([name, example.get(name)]).toEqual([name, String(defaults[name] ?? "")]);
});
