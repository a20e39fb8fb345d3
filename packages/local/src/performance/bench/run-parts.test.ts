import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Figure } from "./measure.ts";
import { reportTable, runParts, writeReport } from "./run-parts.ts";
import type { Part, Report } from "./run-parts.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "tillstream-bench-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const figure = (name: string): Figure => ({ name, measured: "5 ms", reach: "<= 9 ms" });
const ratio = {
  name: "append",
  unit: "appends/s",
  ours: 60,
  reference: 120,
  referenceName: "raw insert",
  ratio: 0.5,
  reach: ">= 0.6",
};

/** Yields one figure and then fails. */
const broken: Part = {
  name: "broken",
  async *measure() {
    yield figure("before");
    throw new TypeError("it has no inbox\nand more that nobody reads in a table");
  },
};

async function run(parts: readonly Part[]) {
  const [printed, path]: [string[], string] = [[], join(folder, "run.json")];
  const report = await runParts(parts, {
    print: (line) => printed.push(line),
    write: (sofar) => writeReport(path, sofar),
  });
  const read = () => JSON.parse(readFileSync(path, "utf8")) as Report;
  return { report, printed, read };
}

test("a figure is printed and in the file before the next one is measured", async () => {
  const path = join(folder, "run.json");
  const printed: string[] = [];
  const seen: { file: string[]; last: string | undefined; open: readonly string[] }[] = [];
  const look = () => {
    const { figures, open } = JSON.parse(readFileSync(path, "utf8")) as Report;
    seen.push({ file: figures.map(({ name }) => name), last: printed.at(-1), open });
  };
  const watching: Part = {
    name: "watching",
    async *measure() {
      yield figure("first");
      look();
      yield ratio;
      look();
    },
  };
  await runParts([watching], { print: (line) => printed.push(line), write: (sofar) => writeReport(path, sofar) });
  expect(seen).toEqual([
    { file: ["first"], last: "  first: 5 ms  [<= 9 ms]", open: ["watching"] },
    {
      file: ["first", "append"],
      last: "  append: 60 appends/s, beside 120 appends/s (raw insert): 0.50  [>= 0.6]",
      open: ["watching"],
    },
  ]);
  expect(readdirSync(folder)).toEqual(["run.json"]);
});

test("a part that fails keeps its figures, says why, and the others are measured", async () => {
  const sound: Part = {
    name: "sound",
    async *measure() {
      yield figure("after");
    },
  };
  const { report, printed, read } = await run([broken, sound]);
  expect(report.figures.map(({ part, name }) => `${part} ${name}`)).toEqual(["broken before", "sound after"]);
  expect(report.failures).toEqual([{ part: "broken", reason: expect.stringMatching(/^it has no inbox\n/) }]);
  expect(report.open).toEqual([]);
  expect(read()).toEqual(report);
  expect(printed.join("\n")).toContain("  failed: it has no inbox");
});

test("the table shows every figure, and a failed part as one line", async () => {
  const { report } = await run([
    {
      name: "store",
      measure: async function* () {
        yield ratio;
      },
    },
    broken,
  ]);
  expect(
    reportTable(report)
      .split("\n")
      .map((line) => line.split(/\s{2,}/)),
  ).toEqual([
    ["part", "figure", "measured", "beside", "ratio", "reach"],
    ["store", "append", "60 appends/s", "120 appends/s (raw insert)", "0.50", ">= 0.6"],
    ["broken", "before", "5 ms", "<= 9 ms"],
    ["broken", "failed", "it has no inbox"],
  ]);
});
