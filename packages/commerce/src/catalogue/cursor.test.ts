import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { toWordQuery } from "./search.ts";

describe("a cursor", () => {
  const value = fc.oneof(fc.string({ maxLength: 300 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

  it("comes back as it was given out, and fits a link as it is", () => {
    fc.assert(
      fc.property(value, fc.string({ maxLength: 100 }), (sortValue, id) => {
        const text = encodeCursor([sortValue, id]);
        expect(decodeCursor(text)).toEqual([sortValue, id]);
        expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  it("is only what we gave out: anything else is undefined, and no error", () => {
    const encoded = (inner: unknown) => Buffer.from(JSON.stringify(inner)).toString("base64url");
    const odd = [
      null,
      {},
      [],
      ["a"],
      ["a", 1],
      ["a", "b", "c"],
      [1.5, "a"],
      [2 ** 31, "a"],
      ["a".repeat(301), "b"],
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
