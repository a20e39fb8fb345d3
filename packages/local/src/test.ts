/**
 * `npm test`: unit and integration tests, three files at a time, and beside them the Kafka tests, where a broker can be had, and the
 * build of the apps; then the browser tests over the built apps, three files at a time too.
 * `npm test -- checkout` runs the files whose path holds that word; `--project unit` one kind only. What none of them needs is not
 * started.
 * Its last line is always `Tests: N passed, N failed, N skipped`; right before it, each failure is named once more.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";
import { publishSettings } from "./environment/child-env.ts";
import { REPOSITORY_ROOT } from "./environment/places.ts";
import { readLocalSettings } from "./environment/settings.ts";
import { buildApps } from "./environment/system/build.ts";
import { hostSharedSystem } from "./end-to-end/shared-system-host.ts";
import { hasTests, KINDS } from "./testing/kinds.ts";
import type { Kind } from "./testing/kinds.ts";
import { findTestKafka } from "./testing/test-kafka.ts";
import {
  addTallies,
  CLOSING_LINES,
  closingLines,
  EMPTY_TALLY,
  exitCodeOf,
  failedTally,
  readTally,
  tallyReporter,
} from "./testing/tally.ts";
import type { Tally } from "./testing/tally.ts";
import { startTestRedis } from "./testing/test-redis.ts";
import { startTestServer } from "./testing/test-server.ts";

const INTERRUPTED = 130;
const OUTPUT_KEPT = 200_000;
/** A process of ours that starts again compiles nothing again, which is a quarter of its start. */
const COMPILE_CACHE = join(REPOSITORY_ROOT, "node_modules", ".cache", "tillstream-compiled");

const { positionals: filters, values } = parseArgs({
  allowPositionals: true,
  options: {
    project: { type: "string", multiple: true },
    "update-snapshots": { type: "boolean", default: false },
    "fault-rounds": { type: "string" },
  },
});
publishSettings({ FAULT_ROUNDS: values["fault-rounds"], NODE_COMPILE_CACHE: COMPILE_CACHE });

const kinds = KINDS.filter(
  (kind) => (values.project === undefined || values.project.includes(kind)) && hasTests(kind, filters, REPOSITORY_ROOT),
);

interface Servers {
  readonly testPostgresUrl?: string;
  readonly testRedisUrl?: string | undefined;
  readonly sharedSystemUrl?: string;
}

async function runKinds(wanted: readonly Kind[], servers: Servers = {}): Promise<Tally> {
  let tally = EMPTY_TALLY;
  const vitest = await startVitest([...filters], {
    root: REPOSITORY_ROOT,
    project: wanted.map((kind) => `${kind}*`), // of some kinds, some tests run alone
    watch: false,
    passWithNoTests: true,
    update: values["update-snapshots"],
    reporters: ["default", tallyReporter((counted) => (tally = counted))],
    provide: { testPostgresUrl: undefined, testRedisUrl: undefined, sharedSystemUrl: undefined, ...servers },
  });
  await vitest.close();
  return tally;
}

/** Unit and integration tests. Only these need the servers. */
async function runFastTests(): Promise<Tally> {
  const fast = kinds.filter((kind) => kind === "unit" || kind === "integration");
  if (!fast.includes("integration")) return fast.length > 0 ? runKinds(fast) : EMPTY_TALLY;
  await using redis = await startTestRedis(readLocalSettings().redisUrl);
  if (redis.url === undefined)
    console.log("Redis suites are skipped: no redis-server on PATH (apt-get install redis-server)");
  await using server = await startTestServer();
  return await runKinds(fast, { testPostgresUrl: server.url, testRedisUrl: redis.url });
}

/** Where no broker can be had, the line that says why has been printed. */
async function runKafkaTests(): Promise<Tally> {
  if (!kinds.includes("kafka")) return EMPTY_TALLY;
  const found = await findTestKafka(readLocalSettings(), (line) => console.log(`Kafka suites: ${line}`));
  return found === undefined ? EMPTY_TALLY : runApart("kafka", () => runKinds(["kafka"]));
}

/** The browser tests serve the built apps. A build that fails is a failed test, and without one they do not run. */
async function buildForBrowserTests(): Promise<Tally> {
  if (!kinds.includes("e2e")) return EMPTY_TALLY;
  try {
    await buildApps(console.log, new AbortController().signal, { inBackground: true });
    return EMPTY_TALLY;
  } catch (error) {
    console.error((error as Error).message);
    return failedTally("the build of the apps");
  }
}

async function runBrowserTests(): Promise<Tally> {
  if (!kinds.includes("e2e")) return EMPTY_TALLY;
  return runApart("e2e", async () => {
    await using host = await hostSharedSystem();
    return await runKinds(["e2e"], { sharedSystemUrl: host.url });
  });
}

/**
 * Beside other kinds it runs in a process of its own: Prisma's schema engine, which prepares the servers that tests of a kind share,
 * can be loaded once in a process.
 */
function runApart(kind: Kind, run: () => Promise<Tally>): Promise<Tally> {
  return kinds.length === 1 ? run() : runInOwnProcess(kind);
}

/** The same command for one kind only; its closing lines are taken as its tally. */
async function runInOwnProcess(kind: Kind): Promise<Tally> {
  const child = spawn(process.execPath, [import.meta.filename, "--project", kind, ...filters], {
    cwd: REPOSITORY_ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    const text = data.toString();
    output = (output + text).slice(-OUTPUT_KEPT);
    process.stdout.write(text.replace(CLOSING_LINES, ""));
  });
  await once(child, "close");
  return readTally(output) ?? failedTally(`the ${kind} tests: they broke off`);
}

/** A run that breaks off is a failure, and lets the others go on. */
async function orFailed(run: Promise<Tally>): Promise<Tally> {
  return run.catch((error: unknown) => {
    console.error(error);
    return failedTally(`a run broke off: ${(error as Error).message}`);
  });
}

/**
 * The Kafka tests wait half of the time, and so do some integration tests: side by side they take little longer than the latter
 * alone, also with the build in their pauses. The browser tests keep two cores busy and come after them.
 */
async function runAll(): Promise<Tally> {
  const build = orFailed(buildForBrowserTests());
  const sideBySide = await Promise.all([orFailed(runFastTests()), orFailed(runKafkaTests()), build]);
  const built = (await build) === EMPTY_TALLY;
  return [...sideBySide, built ? await orFailed(runBrowserTests()) : EMPTY_TALLY].reduce(addTallies);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(INTERRUPTED));

const tally = await runAll();
console.log(closingLines(tally));
process.exit(exitCodeOf(tally));
