import { expect, it } from "vitest";
import { matchingEntries } from "./entries.ts";

const groups = [{ items: [{ href: "/dead-letters", label: "Dead letters" }] }];
const titles = (typed: string) => matchingEntries(groups, typed).map(({ title }) => title);

it("pages and actions are found by how their words begin, in any order", () => {
  expect(titles("dead")).toEqual(["Dead letters", "Retry dead letters"]);
  expect(titles("LETT  ret")).toEqual(["Retry dead letters"]);
  expect(titles("eters")).toEqual([]);
});

it("with nothing typed, everything is offered, pages first", () => {
  expect(titles("  ")[0]).toBe("Dead letters");
  expect(titles("").length).toBeGreaterThan(5);
});
