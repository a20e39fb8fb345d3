import { describe, expect, it } from "vitest";
import { toWordQuery } from "./search.ts";

describe("what a shopper typed", () => {
  it("is its words, each complete or begun, all of them wanted; two that follow each other may be one", () => {
    expect(toWordQuery(["blue"])).toEqual({ matching: "(blue:*)", whole: "(blue)", any: "blue:*" });
    expect(toWordQuery(["tea", "pot"]).matching).toBe("(tea:* & pot:*) | (teapot:*)");
    expect(toWordQuery(["a", "b", "c"]).whole).toBe("(a & b & c) | (ab & c) | (a & bc)");
  });
});
