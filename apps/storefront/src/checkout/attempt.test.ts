import { expect, it } from "vitest";
import { attemptKey, endAttempt } from "./attempt.ts";

function memoryStorage() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}

function keys() {
  let count = 0;
  return () => `key-${(count += 1)}`;
}

it("the same input keeps its key, over a double click and a reload", () => {
  const storage = memoryStorage();
  const newKey = keys();
  expect(attemptKey(storage, "a", newKey)).toBe("key-1");
  expect(attemptKey(storage, "a", newKey)).toBe("key-1");
});

it("another input is another order", () => {
  const storage = memoryStorage();
  const newKey = keys();
  attemptKey(storage, "a", newKey);
  expect(attemptKey(storage, "b", newKey)).toBe("key-2");
});

it("the same input may be ordered again once its order is over", () => {
  const storage = memoryStorage();
  const newKey = keys();
  attemptKey(storage, "a", newKey);
  endAttempt(storage);
  expect(attemptKey(storage, "a", newKey)).toBe("key-2");
});

it("whatever else stands in the storage is replaced", () => {
  const storage = memoryStorage();
  storage.setItem("fernhill.attempt", "{broken");
  expect(attemptKey(storage, "a", keys())).toBe("key-1");
});
