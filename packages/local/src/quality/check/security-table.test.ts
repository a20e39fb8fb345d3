import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import asvs from "./asvs-5.0.json" with { type: "json" };
import { REPOSITORY_ROOT } from "./run-tool.ts";
import { checkSecurityTable } from "./security-table.ts";

function read(path: string): string | undefined {
  const file = join(REPOSITORY_ROOT, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

it("each line of ASVS 5.0 stands in one table, and what SECURITY.md names is there", () => {
  expect([asvs.level1.length, asvs.level2.length]).toEqual([70, 183]);
  expect(checkSecurityTable(read("SECURITY.md") ?? "", [...asvs.level1, ...asvs.level2], read)).toEqual([]);
});

describe("it would be found out", () => {
  const files: Readonly<Record<string, string>> = {
    "a.test.ts":
      'describe("a door", () => { it.each([1])("is shut", () => {}); it.skip("is locked", () => {}); });\n// it("is bolted", f);',
    "docs/a.md": "# Pages\n\n## What is `kept`, and why\n",
  };
  const rowOf = (cell: string) =>
    `## Lines that are met\n\n| no. | test |\n| --- | --- |\n| 1.1.1 | ${cell} |\n\n## Lines that are not met\n\n## Lines that do not apply\n\n| 1.1.2, 1.2.1 | none |\n`;
  const good = '[a](a.test.ts) "a door > is shut"; [page](docs/a.md#what-is-kept-and-why)';
  const found = (text: string, lines = ["1.1.1", "1.1.2", "1.2.1"]) =>
    checkSecurityTable(text, lines, (path) => files[path]);

  it("but what is right is right", () => expect(found(rowOf(good))).toEqual([]));

  it.each([
    ["a line were missing", rowOf(good).replace(", 1.2.1", ""), "1.2.1 is in no table"],
    ["a line were there twice", rowOf(good).replace("1.2.1", "1.1.1, 1.2.1"), "1.1.1 is there more than once"],
    ["a number were none", rowOf(good).replace("1.2.1", "1.2.1, 9.9.9"), "9.9.9 is not a line of ASVS"],
    ["a row had no test", rowOf("none"), "1.1.1 names no test"],
    ["a test had another name", rowOf(good.replace("shut", "open")), 'a.test.ts has no test "a door > is open"'],
    ["a test were skipped", rowOf(good.replace("shut", "locked")), 'a.test.ts has no test "a door > is locked"'],
    ["a test were a comment", rowOf(good.replace("shut", "bolted")), 'a.test.ts has no test "a door > is bolted"'],
    ["a file were not there", rowOf(good.replace("a.test.ts", "b.test.ts")), "b.test.ts is not there"],
    [
      "a section were not there",
      rowOf(good.replace("#what", "#who")),
      "docs/a.md#who-is-kept-and-why is not a section",
    ],
  ])("if %s", (_, text, problem) => {
    expect(found(text)).toEqual([problem]);
  });
});
