import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidSettingsError, masterKeySettings, readEnv } from "@tillstream/runtime";
import { describe, expect, it } from "vitest";
import { refusePublishedSecrets } from "./published-secrets.ts";

describe("in production", () => {
  const own = {
    NODE_ENV: "production",
    APP_SECRET: "a secret of our own",
    DATABASE_URL: "postgresql://shop:a-password@db.internal/shop",
    GATEWAY_WEBHOOK_SECRET: "whsec_of_our_own_gateway",
    MASTER_KEYS: `own:${Buffer.alloc(32, 7).toString("base64")}`,
  };
  const refusal = (settings: Record<string, string | undefined>) => {
    try {
      refusePublishedSecrets(settings);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidSettingsError);
      return [...(error as Error).message.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
    }
  };

  it("secrets that anyone may read are refused, each by its name", () => {
    expect(refusal({ NODE_ENV: "production" })).toEqual([
      "APP_SECRET",
      "GATEWAY_WEBHOOK_SECRET",
      "MASTER_KEYS",
      "DATABASE_URL",
    ]);
    expect(refusal({ ...own, APP_SECRET: undefined })).toEqual(["APP_SECRET"]);
    expect(
      refusal({ ...own, APP_DATABASE_URL: "postgresql://tillstream_app:tillstream_app@db.internal/shop" }),
    ).toEqual(["DATABASE_URL"]);
    expect(refusal({ ...own, GATEWAY_WEBHOOK_SECRET: undefined, STRIPE_WEBHOOK_SECRET: "whsec_of_stripe" })).toEqual(
      [],
    );
  });

  it("the published master key by another name, beside others or in a file is the published one", () => {
    const [, published = ""] = readEnv(masterKeySettings, {}).MASTER_KEYS.split(":");
    const folder = mkdtempSync(join(tmpdir(), "published-"));
    try {
      const path = join(folder, "keys");
      writeFileSync(path, `other:${published}`);
      for (const keys of [
        { MASTER_KEYS: `other:${published}` },
        { MASTER_KEYS: `${own.MASTER_KEYS},old:${published}` },
        { MASTER_KEYS_FILE: path },
      ])
        expect(refusal({ ...own, ...keys })).toEqual(["MASTER_KEYS"]);
      writeFileSync(path, own.MASTER_KEYS);
      expect(refusal({ ...own, MASTER_KEYS: undefined, MASTER_KEYS_FILE: path })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("our own are not, nor are published ones anywhere else or in the local environment", () => {
    expect(refusal(own)).toEqual([]);
    expect(refusal({})).toEqual([]);
    expect(refusal({ NODE_ENV: "development" })).toEqual([]);
    expect(refusal({ NODE_ENV: "production", TILLSTREAM_LOCAL: "true" })).toEqual([]);
  });
});
