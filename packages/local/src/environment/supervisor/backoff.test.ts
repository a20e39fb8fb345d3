import { expect, test } from "vitest";
import { DEFAULT_BACKOFF, restartDelayMs } from "./backoff.ts";

test("the delay doubles with each crash in a row, up to the bound", () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((crashes) => restartDelayMs(crashes, DEFAULT_BACKOFF));
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});
