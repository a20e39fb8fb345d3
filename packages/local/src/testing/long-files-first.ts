/**
 * The order of test files: those that are known to take long begin first, or a run would end with one of them alone. The rest goes
 * by size, as Vitest orders files that it has not timed yet.
 */
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/** Files of over fifteen seconds each, most of which wait, by a part of their path. */
export const LONG = [
  "/quality/extending/",
  "/quality/pack/",
  "/resilience/faults/",
  "/eventing/src/workers/",
  "/commerce/src/unkind-input",
  "/commerce/src/audit.",
  "/checkout/database-away",
  "/checkout/every-failure",
  "/environment/postgres.",
  "/end-to-end/outage.",
  "/end-to-end/incidents.",
  "/end-to-end/operations.",
];

const isLong = (path: string): boolean => LONG.some((part) => path.includes(part));

export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const byProject = Map.groupBy(sorted, ({ project }) => project.name);
    return [...byProject.values()].flatMap((specs) => [
      ...specs.filter(({ moduleId }) => isLong(moduleId)),
      ...specs.filter(({ moduleId }) => !isLong(moduleId)),
    ]);
  }
}
