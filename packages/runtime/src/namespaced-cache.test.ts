import { expect, it } from "vitest";
import { createMemoryCache } from "./cache.ts";
import { createNamespacedCache } from "./namespaced-cache.ts";

it("what was kept for one database is not found for another", async () => {
  const shared = createMemoryCache();
  const [one, other] = ["one", "other"].map((name) => createNamespacedCache(shared, async () => name));
  await one?.set("key", "value", 60);
  expect(await one?.get("key")).toBe("value");
  expect(await other?.get("key")).toBeUndefined();
  await other?.delete("key");
  expect(await one?.get("key")).toBe("value");
  await one?.delete("key");
  expect(await one?.get("key")).toBeUndefined();
  expect([await one?.increment("n", 60), await one?.increment("n", 60), await other?.increment("n", 60)]).toEqual([
    1, 2, 1,
  ]);
});

it("while the database cannot say who it is everything is a miss, and it is asked again", async () => {
  let away = true;
  const cache = createNamespacedCache(createMemoryCache(), () =>
    away ? Promise.reject(new Error("away")) : Promise.resolve("one"),
  );
  await cache.set("key", "value", 60);
  expect(await cache.get("key")).toBeUndefined();
  expect([await cache.increment("n", 60), await cache.increment("n", 60)]).toEqual([1, 1]);
  away = false;
  expect(await cache.get("key")).toBeUndefined();
  await cache.set("key", "value", 60);
  expect(await cache.get("key")).toBe("value");
});
