import { expect, it } from "vitest";
import { comparedVersions, shareText } from "./shares.ts";
import type { EventType } from "./shares.ts";

it.each([
  [0, "0 %"],
  [1, "100 %"],
  [0.25, "25.0 %"],
  [0.00001, "< 0.1 %"],
  [0.99999, "> 99.9 %"],
])("a share of %d reads %s", (share, text) => {
  expect(shareText(share)).toBe(text);
});

it("a version is compared with the one before it; the first with nothing", () => {
  const version = (number: number) => ({ version: number, schema: {}, changes: [], upcaster: null, addedDefaults: {} });
  const type: EventType = { type: "Packed", latestVersion: 2, versions: [version(1), version(2)] };
  expect(comparedVersions(type, 2)).toEqual({ before: version(1), after: version(2) });
  expect(comparedVersions(type, 1)).toEqual({ before: undefined, after: version(1) });
  expect(comparedVersions(type, 3)).toEqual({ before: version(2), after: undefined });
});
