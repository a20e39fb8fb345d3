/** What a test run came to, and the line that ends `npm test`. */
import type { Reporter, TestModule } from "vitest/node";

export interface Tally {
  readonly passed: number;
  /** Tests that failed, files that did not load, and errors that no test caught. */
  readonly failed: number;
  readonly skipped: number;
}

export const EMPTY_TALLY: Tally = { passed: 0, failed: 0, skipped: 0 };

export const addTallies = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

export const tallyLine = ({ passed, failed, skipped }: Tally): string =>
  `Tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;

/** The line as it stands in a run's output. */
export const TALLY_LINE = /^Tests: (?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped$/m;

/** The tally that a run's output ends with; undefined when it broke off. */
export function readTally(output: string): Tally | undefined {
  const groups = TALLY_LINE.exec(output)?.groups;
  if (groups === undefined) return undefined;
  return { passed: Number(groups["passed"]), failed: Number(groups["failed"]), skipped: Number(groups["skipped"]) };
}

/** A run in which nothing passed proves nothing, so that it does not count as a success. */
export const exitCodeOf = ({ passed, failed }: Tally): number => (failed === 0 && passed > 0 ? 0 : 1);

export type CountedModule = Pick<TestModule, "state"> & { readonly children: Pick<TestModule["children"], "allTests"> };

export function tallyOf(modules: readonly CountedModule[], unhandledErrors: number): Tally {
  let tally: Tally = { ...EMPTY_TALLY, failed: unhandledErrors };
  for (const file of modules) {
    const states = [...file.children.allTests()].map((test) => test.result().state);
    const count = (wanted: string): number => states.filter((state) => state === wanted).length;
    const failed = count("failed") + count("pending"); // pending at the end: the run broke off
    const brokenFile = file.state() === "failed" && failed === 0 ? 1 : 0;
    tally = addTallies(tally, { passed: count("passed"), failed: failed + brokenFile, skipped: count("skipped") });
  }
  return tally;
}

/** Hands the tally of a run to `onTally` when the run is over. */
export function tallyReporter(onTally: (tally: Tally) => void): Reporter {
  return {
    onTestRunEnd: (modules, unhandledErrors) => onTally(tallyOf(modules, unhandledErrors.length)),
  };
}
