import { expect, test } from "vitest";
import { splitRows } from "./held-rows.ts";

const identity = (rank: number) => rank;

test("rows newer than the newest shown wait", () => {
  expect(splitRows([5, 4, 3, 2], identity, 3)).toEqual({ rows: [3, 2], waiting: 2 });
});

test("nothing waits before anything was shown", () => {
  expect(splitRows([5, 4], identity, undefined)).toEqual({ rows: [5, 4], waiting: 0 });
});

test("when every row is newer, all are shown, since there is nothing to keep in place", () => {
  expect(splitRows([9, 8], identity, 3)).toEqual({ rows: [9, 8], waiting: 0 });
});
