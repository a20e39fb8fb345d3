import { expect, it } from "vitest";
import { z } from "zod";
import { InvalidSettingsError, kernelSettings, portSettings, processSettings, readEnv } from "./env.ts";

const ALL = { ...processSettings, ...portSettings, ...kernelSettings };

it("every setting has a default that is valid, or may be absent", () => {
  const settings = readEnv(ALL, {});
  expect(settings).toMatchObject({
    STOREFRONT_PORT: 3000,
    RELAY_BATCH_SIZE: 100,
    SAGA_STEP_TIMEOUT_MS: 30_000,
    LOG_LEVEL: "info",
  });
  expect(settings.REDIS_URL).toBeUndefined();
});

it("an empty variable counts as absent, others are none of our business", () => {
  expect(readEnv(portSettings, { WORKER_PORT: "", HOME: "here" })).toEqual(readEnv(portSettings, {}));
});

it("text becomes what the setting is", () => {
  expect(readEnv(ALL, { ADMIN_PORT: "4001", RELAY_POLL_MS: "250" })).toMatchObject({
    ADMIN_PORT: 4001,
    RELAY_POLL_MS: 250,
  });
});

it("the error names every variable that is wrong, and its rule, but never its value", () => {
  const wrong = {
    ADMIN_PORT: "99999999",
    APP_SECRET: "short-secret",
    RELAY_BATCH_SIZE: "many",
    REDIS_URL: "not a url",
  };
  const read = () => readEnv(ALL, wrong);
  expect(read).toThrow(InvalidSettingsError);
  for (const [name, value] of Object.entries(wrong)) {
    expect(read).toThrow(new RegExp(`^  ${name}: `, "m"));
    expect(read).not.toThrow(new RegExp(value));
  }
  expect(read).toThrow(/APP_SECRET: at least 16 characters/);
});

it("a setting that is required and missing is named too", () => {
  expect(() => readEnv({ MERCHANT: z.string() }, {})).toThrow(/MERCHANT: /);
});
