import { expect, it } from "vitest";
import { beginAttempt, endAttempt, openAttempt } from "./attempt.ts";

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

it("a double click and a reload send the same under the same key", () => {
  const storage = memoryStorage();
  const newKey = keys();
  const first = beginAttempt(storage, "a", newKey);
  expect(beginAttempt(storage, "a", newKey)).toEqual(first);
  expect(openAttempt(storage)).toEqual(first);
});

it("while an outcome is unknown nothing else is sent, whatever was typed since", () => {
  const storage = memoryStorage();
  const newKey = keys();
  const first = beginAttempt(storage, "a", newKey);
  expect(beginAttempt(storage, "b", newKey)).toEqual(first);
});

it("once the outcome is known the next order has its own key", () => {
  const storage = memoryStorage();
  const newKey = keys();
  beginAttempt(storage, "a", newKey);
  endAttempt(storage);
  expect(beginAttempt(storage, "a", newKey)).toEqual({ key: "key-2", input: "a" });
});

it("whatever else stands in the storage is no attempt", () => {
  const storage = memoryStorage();
  storage.setItem("fernhill.attempt", "{broken");
  expect(openAttempt(storage)).toBeUndefined();
});
