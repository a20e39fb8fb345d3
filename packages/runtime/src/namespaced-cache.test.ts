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
});

it("while the database cannot say who it is everything is a miss, and it is asked again", async () => {
  let away = true;
  const cache = createNamespacedCache(createMemoryCache(), () =>
    away ? Promise.reject(new Error("away")) : Promise.resolve("one"),
  );
  await cache.set("key", "value", 60);
  expect(await cache.get("key")).toBeUndefined();
  away = false;
  expect(await cache.get("key")).toBeUndefined();
  await cache.set("key", "value", 60);
  expect(await cache.get("key")).toBe("value");
});
