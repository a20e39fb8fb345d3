import { expect, it } from "vitest";
import { csvDownload, csvLine } from "./csv.ts";

it("quotes what would break the line", () => {
  expect(csvLine(["a", 'say "hi"', "1,5", "two\nlines"])).toBe('a,"say ""hi""","1,5","two\nlines"\r\n');
});

it("makes formulas text and leaves amounts alone", () => {
  expect(csvLine(["=1+1", "@x", "-12.50", "+cmd"])).toBe("'=1+1,'@x,-12.50,'+cmd\r\n");
});

it("is read as far as it is taken, and no further once nobody takes it", async () => {
  const read: number[] = [];
  let ended = false;
  async function* lines(): AsyncGenerator<readonly string[]> {
    try {
      for (let line = 1; ; line += 1) {
        read.push(line);
        yield [String(line)];
      }
    } finally {
      ended = true;
    }
  }
  const response = csvDownload("numbers.csv", lines());
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="numbers.csv"');
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const reader = response.body?.getReader() ?? expect.fail();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  expect([await next(), await next()]).toEqual(["1\r\n", "2\r\n"]);
  await reader.cancel();
  expect(ended).toBe(true);
  expect(read.length).toBeLessThan(10);
});
