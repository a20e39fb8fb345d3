import { expect, test } from "vitest";
import type { Alert } from "./alert-state.ts";
import { newlyAnnounced } from "./announced.ts";
import { exampleAlert } from "./example-alert.ts";

const alert = (id: number): Alert => ({ ...exampleAlert, id });

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: () => null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

test("an alert is announced once, and another one still is, whichever began first", () => {
  const kept = storage();
  expect(newlyAnnounced([alert(3)], kept).map(({ id }) => id)).toEqual([3]);
  expect(newlyAnnounced([alert(3)], kept)).toEqual([]);
  expect(newlyAnnounced([alert(4), alert(3)], kept).map(({ id }) => id)).toEqual([4]);
  expect(newlyAnnounced([alert(4), alert(3), alert(2)], kept).map(({ id }) => id)).toEqual([2]);
});
