import { defineConfig } from "vitest/config";
import { watchRows } from "./packages/local/src/quality/row-types/watch-rows.ts";
import { alone, globsOf, shared } from "./packages/local/src/testing/kinds.ts";
import { LongFilesFirst } from "./packages/local/src/testing/long-files-first.ts";

const integration = { hookTimeout: 30_000 };
const e2e = { testTimeout: 90_000, hookTimeout: 300_000, isolate: false };

export default defineConfig({
  test: {
    pool: "forks",
    // On two cores: a third of the time of two at a time is waiting.
    maxWorkers: 3,
    sequence: { sequencer: LongFilesFirst },
    setupFiles: ["packages/local/src/testing/patience.ts"],
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      // A process runs one file after the other and imports the house once, which most of the work would be otherwise.
      { extends: true, test: { name: "unit", ...shared("unit"), isolate: false } },
      { extends: true, test: { name: "unit-alone", ...alone("unit") } },
      {
        extends: true,
        plugins: [watchRows()],
        test: { name: "integration", ...shared("integration"), ...integration, isolate: false },
      },
      {
        extends: true,
        plugins: [watchRows()],
        test: { name: "integration-alone", ...alone("integration"), ...integration },
      },
      {
        extends: true,
        test: {
          name: "kafka",
          ...globsOf("kafka"),
          globalSetup: ["packages/local/src/testing/kafka-setup.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: "e2e", ...shared("e2e"), ...e2e } },
      {
        extends: true,
        test: { name: "e2e-alone", ...alone("e2e"), ...e2e, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
