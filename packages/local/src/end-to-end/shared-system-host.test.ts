import { expect, test } from "vitest";
import { hostSharedSystem } from "./shared-system-host.ts";
import type { StartShared } from "./shared-system-host.ts";

/** Stands for the half minute that a real one takes. */
function counted() {
  const count = { started: 0, stopped: 0 };
  const start: StartShared = async () => {
    count.started += 1;
    return {
      urls: { storefront: "http://shop", admin: "http://console", worker: "http://worker", gateway: "http://gateway" },
      databaseUrl: "postgresql://owner",
      appDatabaseUrl: "postgresql://app",
      redisUrl: undefined,
      ports: { storefront: 1, admin: 2, worker: 3, gateway: 4, postgres: 5, redis: 6 },
      dataDir: "data",
      stop: async () => void (count.stopped += 1),
    };
  };
  return { count, start };
}

test("files that ask at the same time and later get one system, and the end of the run stops it", async () => {
  const { count, start } = counted();
  const host = await hostSharedSystem(start);
  const ask = async () => (await fetch(host.url)).json() as Promise<unknown>;
  const answers = [...(await Promise.all([ask(), ask()])), await ask()];
  for (const answer of answers) expect(answer).toMatchObject({ urls: { storefront: "http://shop" } });
  expect(count).toEqual({ started: 1, stopped: 0 });
  await host[Symbol.asyncDispose]();
  expect(count).toEqual({ started: 1, stopped: 1 });
});

test("a run in which no file asks starts none", async () => {
  const { count, start } = counted();
  await (await hostSharedSystem(start))[Symbol.asyncDispose]();
  expect(count).toEqual({ started: 0, stopped: 0 });
});

test("every file is told why it did not start", async () => {
  await using host = await hostSharedSystem(() =>
    Promise.reject(new Error("the system did not start: port 1 is taken")),
  );
  for (let file = 0; file < 2; file += 1) {
    const response = await fetch(host.url);
    expect([response.status, await response.text()]).toEqual([500, "the system did not start: port 1 is taken"]);
  }
});
