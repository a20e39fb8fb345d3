import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor, placeIn } from "./cursor.ts";
import { toWordQuery } from "./search.ts";

describe("a cursor", () => {
  const value = fc.oneof(fc.string({ maxLength: 300 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

  it("comes back as it was given out, and fits a link as it is", () => {
    fc.assert(
      fc.property(value, fc.string({ maxLength: 100 }), (sortValue, id) => {
        const list = { sort: typeof sortValue === "string" ? "name" : "featured" };
        const text = encodeCursor([sortValue, id], list);
        expect(placeIn(list, decodeCursor(text))).toEqual([sortValue, id]);
        expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  it("is good for the list alone that gave it out, with its sort and filters", () => {
    const list = { sort: "name", colour: ["blue"] };
    const given = decodeCursor(encodeCursor(["Mug", "p1"], list));
    for (const other of [{ sort: "name" }, { sort: "name", colour: ["red"] }, { sort: "featured", colour: ["blue"] }])
      expect(() => placeIn(other, given)).toThrow("cursor of this list");
    const forged = decodeCursor(encodeCursor([1, "p1"], list));
    expect(() => placeIn(list, forged)).toThrow("cursor of this list");
  });

  it("is only what we gave out: anything else is undefined, and no error", () => {
    const encoded = (inner: unknown) => Buffer.from(JSON.stringify(inner)).toString("base64url");
    const odd = [
      null,
      {},
      [],
      ["a"],
      ["a", 1],
      ["a", "b"],
      [1.5, "a", "m"],
      [2 ** 31, "a", "m"],
      ["a".repeat(301), "b", "m"],
      ["a", "b", "m".repeat(13)],
    ].map(encoded);
    for (const text of ["", "%%%", "AAAA", ...odd]) expect(decodeCursor(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text)).not.toThrow();
      }),
    );
  });
});

describe("what a shopper typed", () => {
  it("is its words, each complete or begun, all of them wanted; two that follow each other may be one", () => {
    expect(toWordQuery(["blue"])).toEqual({ matching: "(blue:*)", whole: "(blue)", any: "blue:*" });
    expect(toWordQuery(["tea", "pot"]).matching).toBe("(tea:* & pot:*) | (teapot:*)");
    expect(toWordQuery(["a", "b", "c"]).whole).toBe("(a & b & c) | (ab & c) | (a & bc)");
  });
});
