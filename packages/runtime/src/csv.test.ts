import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

it("quotes what would break the line", () => {
  expect(csvLine(["a", 'say "hi"', "1,5", "two\nlines"])).toBe('a,"say ""hi""","1,5","two\nlines"\r\n');
});

it("makes formulas text and leaves amounts alone", () => {
  expect(csvLine(["=1+1", "@x", "-12.50", "+cmd"])).toBe("'=1+1,'@x,-12.50,'+cmd\r\n");
});
