import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commerceSettings } from "@tillstream/commerce/settings";
import { kafkaSettings, kernelSettings } from "@tillstream/eventing/settings";
import { masterKeySettings, processSettings, readEnv } from "@tillstream/runtime";
import { authSettings } from "@tillstream/trpc/settings";
import { expect, it } from "vitest";
import { portSettings } from "../../environment/settings.ts";
import { REPOSITORY_ROOT } from "./run-tool.ts";
import { readExample, settingsOf } from "./settings-listed.ts";
import { readSourceFiles } from "./source-files.ts";

/** One setting of each package and app that has some. */
const IN_EACH_PACKAGE = [
  "GATEWAY_LEDGER",
  "KAFKA_TLS",
  "LIMIT_CHECKOUT",
  "SHOP_URL",
  "SIGN_UP_CONFIRMATION",
  "LOG_FORMAT",
];
const example = readExample(readFileSync(join(REPOSITORY_ROOT, ".env.example"), "utf8"));

it(".env.example lists every setting of every package", () => {
  const settings = settingsOf(readSourceFiles(REPOSITORY_ROOT));
  expect(settings).toEqual(expect.arrayContaining([...IN_EACH_PACKAGE, ...Object.keys(processSettings)]));
  expect(settings.filter((name) => !example.has(name))).toEqual([]);
});

it(".env.example states the defaults that hold", () => {
  const shape = {
    ...portSettings,
    ...processSettings,
    ...masterKeySettings,
    ...kernelSettings,
    ...kafkaSettings,
    ...authSettings,
    ...commerceSettings,
  };
  const defaults: Record<string, string | number | boolean | string[] | undefined> = readEnv(shape, {});
  for (const name of Object.keys(shape))
    expect([name, example.get(name)]).toEqual([name, String(defaults[name] ?? "")]);
});
