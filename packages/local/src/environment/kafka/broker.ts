/**
 * Apache Kafka on this machine: one node that is its own controller (KRaft), reachable from here only. It survives
 * `kill -9`: started again on its folder and port it has every record that it acknowledged.
 */
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { LOOPBACK } from "../ports.ts";
import { endProcess, signalProcess, waitForExit } from "../processes.ts";
import type { KafkaArtefacts } from "./artefacts.ts";
import { answersKafka } from "./probe.ts";
import { serverProperties } from "./server-properties.ts";
import type { SecureListener } from "./server-properties.ts";

const START_TIMEOUT_MS = 60_000;
const START_POLL_MS = 50;
const FORMAT_TIMEOUT_MS = 30_000;
const KILL_TIMEOUT_MS = 10_000;
const LOG_EXCERPT_LINES = 8;
const END_STEPS = [
  ["SIGTERM", 15_000],
  ["SIGKILL", KILL_TIMEOUT_MS],
] as const;
/** A broker of some hundred records: small, quick to start, on the cores that are left. */
const JVM = ["-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"];

export interface KafkaOptions {
  readonly artefacts: KafkaArtefacts;
  /** Settings, log and data; made when it does not exist. */
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly secure?: SecureListener;
}

export interface RunningKafka {
  /** For KAFKA_BROKERS. */
  readonly brokers: string;
  readonly pid: number;
  /** Settles when Kafka has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends it in order; what clients had open is closed. */
  stop(): Promise<void>;
  /** `kill -9`: the next start on the same folder recovers. */
  kill(): Promise<void>;
}

/** A folder is formatted once; the id that it gets then names the cluster for good. */
async function ensureFormatted({ artefacts, dataDir }: KafkaOptions, properties: string): Promise<void> {
  if (existsSync(join(dataDir, "data", "meta.properties"))) return;
  const clusterId = randomBytes(16).toString("base64url");
  const id = `--cluster-id=${clusterId}`; // in one word: one in 64 begins with a dash and would pass for an option
  const args = ["-cp", artefacts.classPath, "kafka.tools.StorageTool", "format", id, "-c", properties];
  await promisify(execFile)(artefacts.java, args, { timeout: FORMAT_TIMEOUT_MS });
}

/** Its own process group: Ctrl-C in the terminal reaches its starter, which stops it in order. */
function spawnBroker({ artefacts, dataDir }: KafkaOptions, properties: string): ChildProcess {
  const log = openSync(join(dataDir, "kafka.log"), "a", 0o600);
  const args = [...JVM, "-cp", artefacts.classPath, "kafka.Kafka", properties];
  const child = spawn(artefacts.java, args, { cwd: dataDir, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

function tail(path: string): string {
  return readFileSync(path, "utf8").trimEnd().split("\n").slice(-LOG_EXCERPT_LINES).join("\n");
}

async function waitUntilReady(child: ChildProcess, { port, dataDir }: KafkaOptions): Promise<number> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  while (failure === undefined && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (child.pid !== undefined && (await answersKafka(port))) return child.pid;
    await delay(START_POLL_MS);
  }
  if (child.pid !== undefined) await endProcess(child.pid, END_STEPS);
  throw failure ?? new Error(`Kafka did not start:\n${tail(join(dataDir, "kafka.log"))}`);
}

/** Starts Kafka on its folder and resolves when it answers; rejects with the end of its log. */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const { dataDir, port, controllerPort, secure } = options;
  mkdirSync(dataDir, { recursive: true });
  const properties = join(dataDir, "server.properties");
  writeFileSync(
    properties,
    serverProperties({ dataDir: join(dataDir, "data"), port, controllerPort, ...(secure && { secure }) }),
  );
  await ensureFormatted(options, properties);
  const child = spawnBroker(options, properties);
  const pid = await waitUntilReady(child, options);
  const exited = new Promise<void>((done) => void child.once("exit", () => done()));
  // A starter that ends without `stop` (an uncaught fault) must not leave a broker behind.
  const onExit = (): void => void signalProcess(pid, "SIGTERM");
  process.once("exit", onExit);
  void exited.then(() => process.removeListener("exit", onExit));
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    brokers: `${LOOPBACK}:${port}`,
    pid,
    exited,
    async stop() {
      if (running()) await endProcess(pid, END_STEPS);
    },
    async kill() {
      signalProcess(pid, "SIGKILL");
      if (!(await waitForExit(pid, KILL_TIMEOUT_MS))) throw new Error(`the broker (${pid}) outlived SIGKILL`);
    },
  };
}
