import { expect, it } from "vitest";
import { csvDownload, jsonDownload } from "./download.ts";

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

it("is one array of JSON, also of nothing", async () => {
  async function* values(...all: unknown[]) {
    yield* all;
  }
  const of = async (...all: unknown[]) => jsonDownload("values.json", values(...all)).text();
  expect(JSON.parse(await of())).toEqual([]);
  expect(JSON.parse(await of({ a: "1\n" }, null))).toEqual([{ a: "1\n" }, null]);
});
