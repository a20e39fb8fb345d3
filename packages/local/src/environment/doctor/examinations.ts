/** What `npm run doctor` looks at, in the order in which a start needs it. A further examination is a further entry. */
import { execFileSync } from "node:child_process";
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { refusePublishedSecrets } from "@tillstream/commerce";
import { createPool } from "@tillstream/db";
import { findOnPath } from "../executables.ts";
import { REPOSITORY_ROOT } from "../places.ts";
import { isPortFree } from "../ports.ts";
import { postgresAccount } from "../postgres/account.ts";
import { findBinaries } from "../postgres/binaries.ts";
import { PORT_SETTING } from "../settings.ts";
import type { LocalSettings, Ports } from "../settings.ts";
import { findAbandoned, findRunning } from "../system/state-file.ts";
import { findBrowser } from "../browser.ts";

const NODE_MAJOR_MIN = 24;
const FREE_GIB_MIN = 2;
const GIB = 1024 ** 3;
const PROBE_TIMEOUT_MS = 5_000;

export interface Finding {
  /** `optional`: something is missing that a start does without. */
  readonly kind: "ok" | "optional" | "problem";
  readonly what: string;
  readonly fix?: string;
}

export interface Examination {
  readonly name: string;
  examine(settings: LocalSettings): Promise<Finding>;
}

const ok = (what: string): Finding => ({ kind: "ok", what });
const optional = (what: string, fix: string): Finding => ({ kind: "optional", what, fix });
const problem = (what: string, fix: string): Finding => ({ kind: "problem", what, fix });

/** The first line of what a program answers, or undefined when the program does not exist or fails. */
function answerOf(program: string, ...args: readonly string[]): string | undefined {
  const path = findOnPath(program);
  if (path === undefined) return undefined;
  try {
    return execFileSync(path, args, {
      encoding: "utf8",
      timeout: PROBE_TIMEOUT_MS,
      stdio: ["ignore", "pipe", "pipe"],
    }).split("\n")[0];
  } catch {
    return undefined;
  }
}

async function examineNode(): Promise<Finding> {
  const { node } = process.versions;
  return Number(node.split(".")[0]) >= NODE_MAJOR_MIN
    ? ok(node)
    : problem(`runs on ${node}`, "npm ci --include=optional, or install Node 24");
}

async function examineNpm(): Promise<Finding> {
  const version = answerOf("npm", "--version");
  return version === undefined ? problem("not found", "install Node with npm: https://nodejs.org") : ok(version);
}

async function examineDisk({ dataDir }: LocalSettings): Promise<Finding> {
  const folder = existsSync(dataDir) ? dataDir : existsSync(dirname(dataDir)) ? dirname(dataDir) : REPOSITORY_ROOT;
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / GIB;
  const what = `${free.toFixed(1)} GiB free at ${folder}`;
  return free >= FREE_GIB_MIN
    ? ok(what)
    : problem(what, `free at least ${FREE_GIB_MIN} GiB, or set TILLSTREAM_DATA_DIR`);
}

async function examinePorts({ ports, dataDir, databaseUrl, redisUrl }: LocalSettings): Promise<Finding> {
  const running = findRunning(dataDir);
  if (running !== undefined) return ok(`Tillstream runs (process ${running.supervisor.pid})`);
  if (findAbandoned(dataDir) !== undefined)
    return problem(
      "Tillstream runs without its supervisor, which was killed",
      "npm start: it ends what runs and starts again",
    );
  const names = (Object.keys(ports) as (keyof Ports)[]) // the keys of an object of a closed type
    .filter(
      (name) => !(name === "postgres" && databaseUrl !== undefined) && !(name === "redis" && redisUrl !== undefined),
    );
  const busy: (keyof Ports)[] = [];
  for (const name of names) if (!(await isPortFree(ports[name]))) busy.push(name);
  if (busy.length === 0) return ok(names.map((name) => ports[name]).join(", "));
  const what = busy.map((name) => `${ports[name]} (${name}) is in use`).join(", ");
  return problem(what, `stop what listens there, or set ${busy.map((name) => PORT_SETTING[name]).join(", ")}`);
}

async function examinePostgres({ databaseUrl }: LocalSettings): Promise<Finding> {
  if (databaseUrl === undefined) {
    const account = postgresAccount();
    const version = execFileSync(findBinaries(account).postgres, ["--version"], {
      encoding: "utf8",
      ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    }).trim();
    return ok(account === undefined ? version : `${version}, run as ${account.name}`);
  }
  const { host } = new URL(databaseUrl);
  const pool = createPool({ url: databaseUrl, max: 1, applicationName: "doctor" });
  try {
    await pool.query("SELECT 1");
    return ok(`DATABASE_URL answers at ${host}`);
  } catch (error) {
    return problem(
      `DATABASE_URL (${host}): ${(error as Error).message}`,
      "start that server, or unset DATABASE_URL to use the embedded one",
    );
  } finally {
    await pool.end();
  }
}

async function examineRedis({ redisUrl }: LocalSettings): Promise<Finding> {
  if (redisUrl !== undefined) return ok(`REDIS_URL is set (${new URL(redisUrl).host})`);
  const program = findOnPath("redis-server", "valkey-server");
  if (program !== undefined) return ok(program);
  return optional(
    "no redis-server: each process caches in its own memory",
    "apt-get install redis-server, brew install redis, or set REDIS_URL",
  );
}

async function examineBrowser(): Promise<Finding> {
  const browser = await findBrowser();
  return browser === undefined
    ? optional("none: browser tests are skipped", "apt-get install chromium, or set CHROMIUM_PATH")
    : ok(browser.path);
}

async function examineKafka({ kafkaBrokers }: LocalSettings): Promise<Finding> {
  if (kafkaBrokers !== undefined) return ok(`KAFKA_BROKERS is set (${kafkaBrokers})`);
  const docker = answerOf("docker", "--version");
  const ownBroker = findOnPath("java") !== undefined && findOnPath("mvn") !== undefined;
  const found = [docker, ownBroker ? "java and maven" : undefined].filter((name) => name !== undefined);
  if (found.length > 0) return ok(`${found.join(", ")} (events travel over Postgres while KAFKA_BROKERS is not set)`);
  return optional(
    "neither docker nor java with maven: Kafka suites are skipped",
    "apt-get install openjdk-17-jre-headless maven, or: docker compose --profile kafka up --detach --wait",
  );
}

/** What a start in production refuses. */
async function examineSecrets({ isLocal }: LocalSettings): Promise<Finding> {
  if (isLocal) return ok("of the local environment");
  try {
    refusePublishedSecrets();
    return ok("none that anyone may read");
  } catch (error) {
    return problem((error as Error).message, "set them, see .env.example");
  }
}

export const examinations: readonly Examination[] = [
  { name: "node", examine: examineNode },
  { name: "npm", examine: examineNpm },
  { name: "disk", examine: examineDisk },
  { name: "secrets", examine: examineSecrets },
  { name: "ports", examine: examinePorts },
  { name: "postgres", examine: examinePostgres },
  { name: "redis", examine: examineRedis },
  { name: "browser", examine: examineBrowser },
  { name: "kafka", examine: examineKafka },
];
