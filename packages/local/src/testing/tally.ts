/** What a test run came to, and the lines that end `npm test`: a line for each failure, then the count. */
import type { Reporter, TestModule } from "vitest/node";

export interface Tally {
  readonly passed: number;
  /** Tests that failed, files that did not load, and errors that no test caught, each by its name. */
  readonly failed: readonly string[];
  readonly skipped: number;
}

export const EMPTY_TALLY: Tally = { passed: 0, failed: [], skipped: 0 };

export const failedTally = (name: string): Tally => ({ ...EMPTY_TALLY, failed: [name] });

export const addTallies = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: [...one.failed, ...other.failed],
  skipped: one.skipped + other.skipped,
});

const inOneLine = (name: string): string => name.replaceAll(/\s+/g, " ").trim();

export const closingLines = ({ passed, failed, skipped }: Tally): string =>
  [
    ...failed.map((name) => `Failed: ${inOneLine(name)}`),
    `Tests: ${passed} passed, ${failed.length} failed, ${skipped} skipped`,
  ].join("\n");

/** The closing lines as they appear in a run's output. */
export const CLOSING_LINES =
  /(?<failures>(?:^Failed: .*\n)*)^Tests: (?<passed>\d+) passed, \d+ failed, (?<skipped>\d+) skipped$/m;

/** The tally that a run's output ends with; undefined when it broke off. */
export function readTally(output: string): Tally | undefined {
  const groups = CLOSING_LINES.exec(output)?.groups;
  if (groups === undefined) return undefined;
  const { failures = "", passed, skipped } = groups;
  const failed = [...failures.matchAll(/^Failed: (.*)$/gm)].map(([, name = ""]) => name);
  return { passed: Number(passed), failed, skipped: Number(skipped) };
}

/** A run in which nothing passed proves nothing, so that it does not count as a success. */
export const exitCodeOf = ({ passed, failed }: Tally): number => (failed.length === 0 && passed > 0 ? 0 : 1);

export type CountedModule = Pick<TestModule, "state" | "relativeModuleId"> & {
  readonly children: Pick<TestModule["children"], "allTests">;
};

/** @param unhandledErrors that no test caught */
export function tallyOf(modules: readonly CountedModule[], unhandledErrors: readonly { message: string }[]): Tally {
  let tally: Tally = { ...EMPTY_TALLY, failed: unhandledErrors.map(({ message }) => `no test caught: ${message}`) };
  for (const file of modules) {
    const path = file.relativeModuleId;
    const tests = [...file.children.allTests()].map((test) => ({ name: test.fullName, state: test.result().state }));
    const count = (wanted: string): number => tests.filter(({ state }) => state === wanted).length;
    // pending at the end: the run broke off
    const failed = tests.filter(({ state }) => state === "failed" || state === "pending");
    const names = failed.map(({ name }) => `${path} > ${name}`);
    if (file.state() === "failed" && failed.length === 0) names.push(path);
    tally = addTallies(tally, { passed: count("passed"), failed: names, skipped: count("skipped") });
  }
  return tally;
}

/** Hands the tally of a run to `onTally` when the run is over. */
export function tallyReporter(onTally: (tally: Tally) => void): Reporter {
  return {
    onTestRunEnd: (modules, unhandledErrors) => onTally(tallyOf(modules, unhandledErrors)),
  };
}
