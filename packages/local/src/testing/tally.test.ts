import { expect, test } from "vitest";
import type { TestCase } from "vitest/node";
import { closingLines, exitCodeOf, failedTally, readTally, tallyOf } from "./tally.ts";
import type { CountedModule } from "./tally.ts";

type State = ReturnType<TestCase["result"]>["state"];

function moduleOf(state: "passed" | "failed" | "skipped", ...tests: readonly State[]): CountedModule {
  const cases = tests.map((result, index) => ({
    fullName: `suite > test ${index}`,
    result: () => ({ state: result }),
  })) as unknown as TestCase[]; // only these are read
  return {
    relativeModuleId: "src/a.test.ts",
    state: () => state,
    children: {
      *allTests(): Generator<TestCase, undefined, void> {
        yield* cases;
        return undefined;
      },
    },
  };
}

test("tests are counted by their outcome, and those that failed are named with their file before the last line", () => {
  const tally = tallyOf([moduleOf("failed", "passed", "failed", "skipped"), moduleOf("passed", "passed")], []);
  expect(tally).toEqual({ passed: 2, failed: ["src/a.test.ts > suite > test 1"], skipped: 1 });
  expect(closingLines(tally)).toBe("Failed: src/a.test.ts > suite > test 1\nTests: 2 passed, 1 failed, 1 skipped");
  expect(exitCodeOf(tally)).toBe(1);
});

test("a file that does not load is a failure", () => {
  expect(tallyOf([moduleOf("failed")], [])).toEqual(failedTally("src/a.test.ts"));
});

test("an error that no test caught is a failure, in one line", () => {
  const tally = tallyOf([moduleOf("passed", "passed")], [{ message: "it broke\n  in two" }]);
  expect(exitCodeOf(tally)).toBe(1);
  expect(closingLines(tally).split("\n")).toEqual([
    "Failed: no test caught: it broke in two",
    "Tests: 1 passed, 1 failed, 0 skipped",
  ]);
});

test("a test that was broken off is a failure", () => {
  expect(tallyOf([moduleOf("passed", "pending")], []).failed).toEqual(["src/a.test.ts > suite > test 0"]);
});

test("a run in which nothing ran is not a success", () => {
  expect(exitCodeOf(tallyOf([], []))).toBe(1);
  expect(exitCodeOf(tallyOf([moduleOf("passed", "passed")], []))).toBe(0);
});

test("a run's closing lines are read back from its output, and a run that broke off has none", () => {
  for (const failed of [[], ["src/a.test.ts > one", "src/b.test.ts"]]) {
    const tally = { passed: 12, failed, skipped: 3 };
    expect(readTally(`much before\n${closingLines(tally)}\n`)).toEqual(tally);
  }
  expect(readTally("Failed: src/a.test.ts\nTests  12 passed (12)\n")).toBeUndefined();
});
