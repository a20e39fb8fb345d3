import { expect, it } from "vitest";
import { z } from "zod";
import { count, InvalidSettingsError, milliseconds, port, processSettings, readEnv } from "./env.ts";

const ALL = {
  ...processSettings,
  LISTEN_PORT: port(3001),
  POLL_MS: milliseconds(1_000),
  BATCH_SIZE: count(100, 10_000),
};

it("every setting has a default that is valid, or may be absent", () => {
  const settings = readEnv(ALL, {});
  expect(settings).toMatchObject({ LISTEN_PORT: 3001, POLL_MS: 1_000, BATCH_SIZE: 100, LOG_LEVEL: "info" });
  expect(settings.REDIS_URL).toBeUndefined();
});

it("an empty variable counts as absent, others are none of our business", () => {
  expect(readEnv(ALL, { LISTEN_PORT: "", HOME: "here" })).toEqual(readEnv(ALL, {}));
});

it("text becomes what the setting is", () => {
  expect(readEnv(ALL, { LISTEN_PORT: "4001", POLL_MS: "250" })).toMatchObject({ LISTEN_PORT: 4001, POLL_MS: 250 });
});

it("the error names every variable that is wrong, and its rule, but never its value", () => {
  const wrong = {
    LISTEN_PORT: "99999999",
    PASSPHRASE: "short-secret",
    BATCH_SIZE: "many",
    REDIS_URL: "not a url",
  };
  const read = () => readEnv({ ...ALL, PASSPHRASE: z.string().min(16, "at least 16 characters") }, wrong);
  expect(read).toThrow(InvalidSettingsError);
  for (const [name, value] of Object.entries(wrong)) {
    expect(read).toThrow(new RegExp(`^  ${name}: `, "m"));
    expect(read).not.toThrow(new RegExp(value));
  }
  expect(read).toThrow(/PASSPHRASE: at least 16 characters/);
});

it("a setting that is required and missing is named too", () => {
  expect(() => readEnv({ MERCHANT: z.string() }, {})).toThrow(/MERCHANT: /);
});
