/**
 * The embedded Redis: a cache that may vanish, so nothing of it is written to disk. No npm package
 * ships a server; one is taken from PATH, and without one the processes cache in themselves.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findOnPath } from "./executables.ts";
import { assertPortFree, firstAnswer, LOOPBACK } from "./ports.ts";
import { endProcess, signalProcess } from "./processes.ts";

const START_TIMEOUT_MS = 10_000;
const POLL_MS = 25;
const PING = "PING\r\n";
const PING_TIMEOUT_MS = 1_000;
const MEMORY_MAX = "256mb";
const END_STEPS = [
  ["SIGTERM", 5_000],
  ["SIGKILL", 5_000],
] as const;

export interface RedisOptions {
  readonly port: number;
  /** For the log only. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
}

export interface RunningRedis {
  readonly url: string;
  readonly pid: number;
  /** Settles when Redis has ended, for whatever reason. */
  readonly exited: Promise<void>;
  answers(timeoutMs: number): Promise<boolean>;
  kill(): void;
  stop(): Promise<void>;
}

/** Whether something that speaks Redis answers on `port`. */
async function ping(port: number): Promise<boolean> {
  return (await firstAnswer(port, PING, PING_TIMEOUT_MS))?.startsWith("+PONG") === true;
}

function spawnServer(program: string, { port, dataDir }: RedisOptions): ChildProcess {
  mkdirSync(dataDir, { recursive: true });
  const log = openSync(join(dataDir, "redis.log"), "w", 0o600);
  const memory = ["--maxmemory", MEMORY_MAX, "--maxmemory-policy", "allkeys-lru"];
  const args = ["--port", String(port), "--bind", LOOPBACK, "--save", "", "--appendonly", "no", ...memory];
  // Its own process group: Ctrl-C reaches the supervisor only, which stops Redis after those that use it.
  const child = spawn(program, args, { cwd: dataDir, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

async function waitUntilReady(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let failed = false;
  child.once("error", () => (failed = true));
  while (!failed && child.exitCode === null && Date.now() < deadline) {
    if (await ping(port)) return true;
    await delay(POLL_MS);
  }
  return false;
}

/** Undefined, with one line that says why, when no server can be started. Rejects with `BusyPortError`. */
export async function startRedis(options: RedisOptions): Promise<RunningRedis | undefined> {
  const log = options.log ?? (() => undefined);
  const program = findOnPath("redis-server", "valkey-server");
  if (program === undefined) {
    log(
      "no redis-server on PATH: each process caches in its own memory (apt-get install redis-server, or set REDIS_URL)",
    );
    return undefined;
  }
  await assertPortFree("embedded Redis", options.port, "REDIS_PORT");
  const child = spawnServer(program, options);
  const ready = await waitUntilReady(child, options.port);
  const { pid } = child;
  if (!ready || pid === undefined) {
    if (pid !== undefined) await endProcess(pid, END_STEPS);
    log(`${program} does not start (see ${join(options.dataDir, "redis.log")}): each process caches in its own memory`);
    return undefined;
  }
  const exited = new Promise<void>((done) => void child.once("exit", () => done()));
  const onExit = (): void => void signalProcess(pid, "SIGTERM");
  process.once("exit", onExit);
  void exited.then(() => process.removeListener("exit", onExit));
  return {
    url: `redis://${LOOPBACK}:${options.port}`,
    pid,
    exited,
    answers: async (timeoutMs) => (await firstAnswer(options.port, PING, timeoutMs)) !== undefined,
    kill: () => void signalProcess(pid, "SIGKILL"),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await endProcess(pid, END_STEPS);
      await exited;
    },
  };
}
