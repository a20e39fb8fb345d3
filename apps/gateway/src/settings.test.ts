import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEnv } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { gatewaySettings } from "./settings.ts";

it(".env.example states the gateway's defaults", () => {
  const lines = readFileSync(join(import.meta.dirname, "../../../.env.example"), "utf8").split("\n");
  const defaults: Record<string, string | number | undefined> = readEnv(gatewaySettings, {});
  for (const name of Object.keys(gatewaySettings)) expect(lines).toContain(`# ${name}=${String(defaults[name] ?? "")}`);
});

it("webhooks go to an http or https address", () => {
  const settingsWith = (url: string) => () => readEnv(gatewaySettings, { GATEWAY_WEBHOOK_URL: url });
  expect(settingsWith("https://shop.example/hook")).not.toThrow();
  expect(settingsWith("ftp://shop.example/hook")).toThrow(/GATEWAY_WEBHOOK_URL.*an http or https address/s);
});
