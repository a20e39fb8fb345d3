import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { toTextQuery } from "./search.ts";

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
  it("is its words, each complete or begun, all of them wanted", () => {
    expect(toTextQuery("Blue  mug")).toBe("blue:* & mug:*");
    expect(toTextQuery("crème brûlée No.5")).toBe("crème:* & brûlée:* & no:* & 5:*");
  });

  it("is nothing when it has no letter or digit", () => {
    for (const text of ["", "   ", "!!! ---", "&|:*()'"]) expect(toTextQuery(text)).toBeUndefined();
  });

  it("has at most eight words, and never an operator of its own", () => {
    expect(toTextQuery("a b c d e f g h i j")?.split(" & ").length).toBe(8);
    const character = fc.integer({ min: 0, max: 0x2fff }).map((code) => String.fromCodePoint(code));
    const words = /^[\p{L}\p{N}]+:\*( & [\p{L}\p{N}]+:\*){0,7}$/u;
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 60 }), (text) => {
        const query = toTextQuery(text);
        expect(query === undefined || words.test(query)).toBe(true);
      }),
    );
  });
});
