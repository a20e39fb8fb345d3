import { expect, test } from "vitest";
import { nextSort, readSort, sorted } from "./column-sort.ts";

const keys = { name: (row: { name: string }) => row.name, lag: () => 0 };

test("the address names a column and its direction, and what is no column sorts nothing", () => {
  expect(readSort("lag", keys)).toEqual({ column: "lag", direction: "asc" });
  expect(readSort("-name", keys)).toEqual({ column: "name", direction: "desc" });
  for (const text of [null, "", "-", "nothing", "toString"]) expect(readSort(text, keys)).toBeUndefined();
});

test("a head goes one way, the other way and back to the order in which the list came", () => {
  const clicks = (isFigure: boolean) => {
    const asked: (string | undefined)[] = [];
    for (let text: string | undefined | null = null; text !== undefined;)
      asked.push((text = nextSort(readSort(text, keys), "lag", isFigure)));
    return asked;
  };
  expect(clicks(true)).toEqual(["-lag", "lag", undefined]);
  expect(clicks(false)).toEqual(["lag", "-lag", undefined]);
});

test("another column starts from its first direction", () => {
  expect(nextSort({ column: "name", direction: "asc" }, "lag", true)).toBe("-lag");
});

test("figures are compared as figures, words as words, and what is alike stays as it came", () => {
  expect(sorted([10, 9, 100], (figure) => figure, "desc")).toEqual([100, 10, 9]);
  expect(sorted(["b", "Ä", "a"], (word) => word, "asc")).toEqual(["a", "Ä", "b"]);
  expect(sorted(["b1", "a1", "a2"], (word) => word.charAt(1), "desc")).toEqual(["a2", "b1", "a1"]);
});
