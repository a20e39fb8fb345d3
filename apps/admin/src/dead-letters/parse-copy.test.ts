import { expect, it } from "vitest";
import { parseCopy } from "./parse-copy.ts";

it("an object is a copy, and nothing else is", () => {
  expect(parseCopy('{ "city": "Bergen" }')).toEqual({ value: { city: "Bergen" } });
  for (const text of ["[]", "null", "3", '"text"']) expect(parseCopy(text).problem).toContain("is an object");
});

it("text that is not JSON says where it breaks", () => {
  expect(parseCopy('{ "city": }').problem).toContain("JSON");
});
