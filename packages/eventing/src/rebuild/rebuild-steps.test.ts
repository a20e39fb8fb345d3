import { expect, it } from "vitest";
import { nextPiece } from "./rebuild-steps.ts";

it.each([
  ["a quick piece makes the next one twice as large", 200, 10, 400],
  ["but not larger than two thousand rows", 1_800, 1, 2_000],
  ["one that took too long makes it as much smaller", 500, 100, 125],
  ["however slow, there is some progress", 20, 60_000, 10],
])("%s", (_, rows, tookMs, next) => expect(nextPiece(rows, tookMs)).toBe(next));
