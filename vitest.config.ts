import { defineConfig } from "vitest/config";

const FOLDERS = ["apps/*/src", "packages/*", "prisma"];
const named = (suffix: string): string[] => FOLDERS.map((folder) => `${folder}/**/*${suffix}`);
const never = ["**/node_modules/**", "**/.next/**", "**/generated/**"];

/** The kind of a test is in its file name; integration tests need Postgres, Kafka tests a broker too, browser tests the system. */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["packages/local/src/testing/patience.ts"],
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [...named(".test.ts"), ...named(".test.tsx")],
          exclude: [...never, "**/*.int.test.ts", "**/*.kafka.test.ts", "**/*.e2e.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: named(".int.test.ts"),
          exclude: never,
          globalSetup: ["packages/local/src/testing/global-setup.ts"],
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "kafka",
          include: named(".kafka.test.ts"),
          exclude: never,
          globalSetup: ["packages/local/src/testing/kafka-setup.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: named(".e2e.test.ts"),
          exclude: never,
          globalSetup: ["packages/local/src/testing/e2e-setup.ts"],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
