import { expect, test } from "vitest";
import type { TestCase } from "vitest/node";
import { exitCodeOf, readTally, tallyLine, tallyOf } from "./tally.ts";
import type { CountedModule } from "./tally.ts";

type State = ReturnType<TestCase["result"]>["state"];

function moduleOf(state: "passed" | "failed" | "skipped", ...tests: readonly State[]): CountedModule {
  const cases = tests.map((result) => ({ result: () => ({ state: result }) })) as unknown as TestCase[]; // only the result is read
  return {
    state: () => state,
    children: {
      *allTests(): Generator<TestCase, undefined, void> {
        yield* cases;
        return undefined;
      },
    },
  };
}

test("tests are counted by their outcome", () => {
  const tally = tallyOf([moduleOf("failed", "passed", "failed", "skipped"), moduleOf("passed", "passed")], 0);
  expect(tally).toEqual({ passed: 2, failed: 1, skipped: 1 });
  expect(tallyLine(tally)).toBe("Tests: 2 passed, 1 failed, 1 skipped");
  expect(exitCodeOf(tally)).toBe(1);
});

test("a file that does not load is a failure", () => {
  expect(tallyOf([moduleOf("failed")], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("an error that no test caught is a failure", () => {
  expect(exitCodeOf(tallyOf([moduleOf("passed", "passed")], 1))).toBe(1);
});

test("a test that was broken off is a failure", () => {
  expect(tallyOf([moduleOf("passed", "pending")], 0).failed).toBe(1);
});

test("a run in which nothing ran is no success", () => {
  expect(exitCodeOf(tallyOf([], 0))).toBe(1);
  expect(exitCodeOf(tallyOf([moduleOf("passed", "passed")], 0))).toBe(0);
});

test("a run's closing line is read back from its output, and a run that broke off has none", () => {
  const tally = { passed: 12, failed: 1, skipped: 3 };
  expect(readTally(`much before\n${tallyLine(tally)}\n`)).toEqual(tally);
  expect(readTally("Tests  12 passed (12)\n")).toBeUndefined();
});
