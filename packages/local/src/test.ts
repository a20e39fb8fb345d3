/**
 * `npm test`: unit and integration tests two files at a time, then the Kafka tests where a broker can be had, then the
 * browser tests one by one.
 * `npm test -- checkout` runs the files whose path holds that word; `--project unit` one kind only.
 * Its last line is always `Tests: N passed, N failed, N skipped`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";
import { publishSettings } from "./child-env.ts";
import { REPOSITORY_ROOT } from "./places.ts";
import { readLocalSettings } from "./settings.ts";
import { buildApps } from "./system/build.ts";
import { findTestKafka } from "./testing/test-kafka.ts";
import {
  addTallies,
  EMPTY_TALLY,
  exitCodeOf,
  readTally,
  TALLY_LINE,
  tallyLine,
  tallyReporter,
} from "./testing/tally.ts";
import type { Tally } from "./testing/tally.ts";
import { startTestRedis } from "./testing/test-redis.ts";

const FAST_PROJECTS = ["unit", "integration"];
const KAFKA_PROJECT = "kafka";
const BROWSER_PROJECT = "e2e";
const INTERRUPTED = 130;
const OUTPUT_KEPT = 2_000;

const { positionals: filters, values } = parseArgs({
  allowPositionals: true,
  options: {
    project: { type: "string", multiple: true },
    "update-snapshots": { type: "boolean", default: false },
    "fault-rounds": { type: "string" },
  },
});
publishSettings({ FAULT_ROUNDS: values["fault-rounds"] });

const wanted = (project: string): boolean => values.project === undefined || values.project.includes(project);

async function runProjects(projects: readonly string[], redisUrl: string | undefined): Promise<Tally> {
  let tally = EMPTY_TALLY;
  const vitest = await startVitest([...filters], {
    root: REPOSITORY_ROOT,
    project: [...projects],
    watch: false,
    passWithNoTests: true,
    update: values["update-snapshots"],
    reporters: ["default", tallyReporter((counted) => (tally = counted))],
    provide: { testRedisUrl: redisUrl },
  });
  await vitest.close();
  return tally;
}

/** Where no broker can be had, the line that says why has been printed. */
async function runKafkaTests(redisUrl: string | undefined): Promise<Tally> {
  const found = await findTestKafka(readLocalSettings(), (line) => console.log(`Kafka suites: ${line}`));
  if (found === undefined) return EMPTY_TALLY;
  return runApart(KAFKA_PROJECT, redisUrl);
}

/**
 * After other projects it runs in a process of its own: Prisma's schema engine, which prepares the servers that tests of a
 * project share, can be loaded once in a process.
 */
function runApart(project: string, redisUrl: string | undefined): Promise<Tally> {
  const isAlone = values.project !== undefined && values.project.every((one) => one === project);
  return isAlone ? runProjects([project], redisUrl) : runInOwnProcess([project]);
}

/** The same command for some projects only; its closing line is taken as its tally. */
async function runInOwnProcess(projects: readonly string[]): Promise<Tally> {
  const options = projects.flatMap((project) => ["--project", project]);
  const child = spawn(process.execPath, [import.meta.filename, ...options, ...filters], {
    cwd: REPOSITORY_ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    const text = data.toString();
    output = (output + text).slice(-OUTPUT_KEPT);
    process.stdout.write(text.replace(TALLY_LINE, ""));
  });
  await once(child, "close");
  return readTally(output) ?? { ...EMPTY_TALLY, failed: 1 };
}

/** The browser tests serve the built apps. A build that fails is a failed test. */
async function runBrowserTests(redisUrl: string | undefined): Promise<Tally> {
  const files = globSync("{apps,packages}/*/{src,app}/**/*.e2e.test.ts", { cwd: REPOSITORY_ROOT });
  if (!files.some((file) => filters.length === 0 || filters.some((filter) => file.includes(filter))))
    return EMPTY_TALLY;
  try {
    await buildApps(console.log, new AbortController().signal);
  } catch (error) {
    console.error((error as Error).message);
    return { ...EMPTY_TALLY, failed: 1 };
  }
  return runApart(BROWSER_PROJECT, redisUrl);
}

async function runAll(): Promise<Tally> {
  await using redis = await startTestRedis(readLocalSettings().redisUrl);
  if (redis.url === undefined)
    console.log("Redis suites are skipped: no redis-server on PATH (apt-get install redis-server)");
  const fast = FAST_PROJECTS.filter(wanted);
  const fastTally = fast.length > 0 ? await runProjects(fast, redis.url) : EMPTY_TALLY;
  const kafkaTally = wanted(KAFKA_PROJECT) ? await runKafkaTests(redis.url) : EMPTY_TALLY;
  const browserTally = wanted(BROWSER_PROJECT) ? await runBrowserTests(redis.url) : EMPTY_TALLY;
  return [fastTally, kafkaTally, browserTally].reduce(addTallies);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(INTERRUPTED));

const tally = await runAll().catch((error: unknown): Tally => {
  console.error(error);
  return { ...EMPTY_TALLY, failed: 1 };
});
console.log(tallyLine(tally));
process.exit(exitCodeOf(tally));
