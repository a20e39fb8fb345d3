import { expect, test } from "vitest";
import { changedPaths } from "./changed-paths.ts";

test("a value that is new, different or gone is a changed path", () => {
  expect(changedPaths({ a: 1, b: 2, gone: 3 }, { a: 1, b: 3, fresh: 4 })).toEqual(["/b", "/gone", "/fresh"]);
});

test("a change inside a list names the place in it", () => {
  expect(
    changedPaths({ lines: [{ quantity: 1 }, { quantity: 2 }] }, { lines: [{ quantity: 1 }, { quantity: 5 }] }),
  ).toEqual(["/lines/1/quantity"]);
});

test("keys with slashes and tildes are escaped", () => {
  expect(changedPaths({}, { "a/b~c": 1 })).toEqual(["/a~1b~0c"]);
});

test("equal values have no changed paths", () => {
  expect(changedPaths({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});
