import { expect, test } from "vitest";
import type { Alert } from "./alert-state.ts";
import { newlyAnnounced } from "./announced.ts";

const alert = (id: number): Alert => ({
  id,
  projection: `view_${id}`,
  status: "firing",
  thresholdSeconds: 5,
  peakLagSeconds: 9,
  pendingAt: "2026-11-24T10:00:00.000Z",
  firedAt: "2026-11-24T10:00:01.000Z",
  resolvedAt: null,
});

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

test("an alert is announced once, and a later one still is", () => {
  const kept = storage();
  expect(newlyAnnounced([alert(3)], kept).map(({ id }) => id)).toEqual([3]);
  expect(newlyAnnounced([alert(3)], kept)).toEqual([]);
  expect(newlyAnnounced([alert(4), alert(3)], kept).map(({ id }) => id)).toEqual([4]);
});
