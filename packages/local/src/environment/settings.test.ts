import { expect, test } from "vitest";
import { REPOSITORY_ROOT } from "./places.ts";
import { readLocalSettings } from "./settings.ts";

test("nothing needs to be set", () => {
  expect(readLocalSettings({})).toMatchObject({
    dataDir: `${REPOSITORY_ROOT}/.data`,
    logFormat: "pretty",
    databaseUrl: undefined,
    redisUrl: undefined,
    ports: { storefront: 3000, admin: 3001, worker: 3002, gateway: 3003, postgres: 54_320, redis: 63_790 },
  });
});

test("the embedded servers' own addresses mean the embedded servers", () => {
  const copied = {
    DATABASE_URL: "postgresql://tillstream:tillstream@127.0.0.1:54320/tillstream",
    REDIS_URL: "redis://127.0.0.1:63790",
  };
  expect(readLocalSettings(copied)).toMatchObject({ databaseUrl: undefined, redisUrl: undefined });
});

test("other addresses mean servers of the user's own", () => {
  const own = { DATABASE_URL: "postgresql://me:me@127.0.0.1:5432/shop", REDIS_URL: "redis://127.0.0.1:6379" };
  expect(readLocalSettings(own)).toMatchObject({ databaseUrl: own.DATABASE_URL, redisUrl: own.REDIS_URL });
});
