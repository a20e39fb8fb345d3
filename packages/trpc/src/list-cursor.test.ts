import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listCursor } from "./list-cursor.ts";

describe("a cursor", () => {
  const pages = listCursor("people.list", z.union([z.string().max(300), z.int32()]), z.string().max(100));
  const place = fc.tuple(
    fc.oneof(fc.string({ maxLength: 300 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    fc.string({ maxLength: 100 }),
  );
  const given = (list: object, ended: [string | number, string]) =>
    pages.input.parse(pages.after(list, ended) ?? expect.fail("there is another page"));

  it("comes back as it was given out, and fits a link as it is", () => {
    fc.assert(
      fc.property(place, fc.object(), (ended, list) => {
        const text = pages.after(list, ended) ?? expect.fail("there is another page");
        expect(pages.placeIn(list, pages.input.parse(text))).toEqual(ended);
        expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  it("is null at the end of the list, and no place where none was given", () => {
    expect(pages.after({}, undefined)).toBeNull();
    expect(pages.placeIn({}, undefined)).toBeUndefined();
  });

  it("is good for the list alone that gave it out, with its order and filters", () => {
    const list = { order: "newest", colour: ["blue"] };
    for (const other of [{ order: "newest" }, { ...list, colour: ["red"] }, { ...list, order: "oldest" }])
      expect(() => pages.placeIn(other, given(list, ["Mug", "p1"]))).toThrow("cursor of this list");
    const others = listCursor("animals.list", z.union([z.string(), z.int32()]), z.string());
    const foreign = others.after(list, ["Mug", "p1"]) ?? "";
    expect(() => pages.placeIn(list, pages.input.parse(foreign))).toThrow("cursor of this list");
  });

  it("is only what was given out: anything else is refused, and no fault", () => {
    const encoded = (inner: unknown) => Buffer.from(JSON.stringify(inner)).toString("base64url");
    const odd = [null, {}, [], ["a"], ["a", "m"], ["a", 1, "m"], [1.5, "a", "m"], [2 ** 31, "a", "m"]].map(encoded);
    const good = pages.after({}, ["Mug", "p1"]) ?? "";
    for (const text of ["", "%%%", "AAAA", `${good}=`, `${good}\n`, encoded(["a".repeat(301), "b", "m"]), ...odd])
      expect(pages.input.safeParse(text).error?.issues).toMatchObject([{ message: "is not a cursor of this list" }]);
    fc.assert(fc.property(fc.string(), (text) => void pages.input.safeParse(text)));
  });
});
