/**
 * The embedded Postgres: started on a data folder, reachable from this machine only, stopped with
 * the process that started it. It survives `kill -9` of itself or of its starter: the next start recovers.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chownSync, closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { resolve } from "node:path";
import { assertPortFree, firstAnswer, LOOPBACK } from "./ports.ts";
import { postgresAccount } from "./postgres/account.ts";
import type { Account } from "./postgres/account.ts";
import { findBinaries } from "./postgres/binaries.ts";
import { ensureCluster, OWNER } from "./postgres/data-folder.ts";
import { clearStale, endPostmaster, readPidFile } from "./postgres/postmaster.ts";
import { reachableFolder } from "./postgres/reachable.ts";
import { signalProcess } from "./processes.ts";

const START_TIMEOUT_MS = 60_000;
const START_POLL_MS = 25;
/** Backends of a killed postmaster take a moment to notice that it is gone. */
const ORPHANED_BACKENDS_ATTEMPTS = 20;
const ORPHANED_BACKENDS_WAIT_MS = 250;
const LOG_BYTES_MAX = 5 * 1024 * 1024;
const LOG_EXCERPT_LINES = 8;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: LOOPBACK,
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "warning",
  log_checkpoints: "off",
  // The file of a segment is gone with it: one that is used again holds old rows until it is full.
  wal_recycle: "off",
  // Nor does the log quote rows.
  log_error_verbosity: "terse",
};

/** Data of tests may be lost with the machine, and is written several times faster for it. */
const THROW_AWAY: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum_naptime: "10min",
  // For passwords that are set from now on: a test opens dozens of connections, each of which would digest its password 4,096 times.
  scram_iterations: "1",
};

export interface PostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Whether committed data outlives a crash of the machine. */
  readonly durable: boolean;
  readonly log?: (line: string) => void;
}

export interface RunningPostgres {
  /** The owner's URL: migrations and scripts. */
  readonly url: string;
  readonly pid: number;
  /** Settles when Postgres has ended, for whatever reason. */
  readonly exited: Promise<void>;
  answers(timeoutMs: number): Promise<boolean>;
  kill(): void;
  stop(): Promise<void>;
}

export const ownerUrl = (port: number): string =>
  `postgresql://${OWNER.role}:${OWNER.password}@${LOOPBACK}:${port}/${OWNER.database}`;

function openLog(path: string, account: Account | undefined): number {
  if (existsSync(path) && statSync(path).size > LOG_BYTES_MAX) rmSync(path);
  const file = openSync(path, "a", 0o600);
  if (account !== undefined) chownSync(path, account.uid, account.gid);
  return file;
}

/** Its own process group: Ctrl-C in the terminal reaches the supervisor only, which stops Postgres last. */
function spawnPostmaster(
  binary: string,
  folder: string,
  logPath: string,
  account: Account | undefined,
  options: PostgresOptions,
): ChildProcess {
  const settings = { ...SETTINGS, ...(options.durable ? {} : THROW_AWAY), port: String(options.port) };
  const args = ["-D", folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const log = openLog(logPath, account);
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  const child = spawn(binary, args, { ...identity, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

function tail(path: string): string {
  const lines = existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
  return lines.slice(-LOG_EXCERPT_LINES).join("\n");
}

/** Resolves when Postgres takes connections; otherwise rejects with the end of its log. */
async function waitUntilReady(child: ChildProcess, folder: string, logPath: string): Promise<number> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  while (Date.now() < deadline) {
    if (failure !== undefined) throw failure;
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`Postgres did not start:\n${tail(logPath)}`);
    const file = readPidFile(folder);
    if (child.pid !== undefined && file?.pid === child.pid && file.status === "ready") return child.pid;
    await delay(START_POLL_MS);
  }
  if (child.pid !== undefined) await endPostmaster(child.pid);
  throw new Error(`Postgres was not ready after ${START_TIMEOUT_MS / 1_000} s:\n${tail(logPath)}`);
}

/**
 * Starts Postgres on `dataDir`, which is made when it does not exist.
 * Rejects with `BusyPortError` when something else listens on the port.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const log = options.log ?? (() => undefined);
  const account = postgresAccount();
  const binaries = findBinaries(account);
  const folder = reachableFolder(resolve(options.dataDir), account);
  const logPath = `${folder}.log`;
  if ((await clearStale(folder)) === "stopped") log("stopped the postgres that an earlier start left running");
  await assertPortFree("embedded Postgres", options.port, "POSTGRES_PORT");
  ensureCluster(binaries, folder, account, options.durable, log);
  log("starting postgres");

  for (let attempt = 1; ; attempt += 1) {
    const child = spawnPostmaster(binaries.postgres, folder, logPath, account, options);
    try {
      const pid = await waitUntilReady(child, folder, logPath);
      return running(child, pid, options.port);
    } catch (error) {
      const orphans = (error as Error).message.includes("pre-existing shared memory block");
      if (!orphans || attempt >= ORPHANED_BACKENDS_ATTEMPTS) throw error;
      await delay(ORPHANED_BACKENDS_WAIT_MS);
    }
  }
}

/** Whether it speaks TLS: a question that costs no session, and that a postmaster answers in any state. */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);

function running(child: ChildProcess, pid: number, port: number): RunningPostgres {
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  // A starter that ends without `stop` (an uncaught fault) must not leave Postgres behind.
  const onExit = (): void => void signalProcess(pid, "SIGINT");
  process.once("exit", onExit);
  void exited.then(() => process.removeListener("exit", onExit));
  return {
    url: ownerUrl(port),
    pid,
    exited,
    answers: async (timeoutMs) => (await firstAnswer(port, SSL_REQUEST, timeoutMs)) !== undefined,
    kill: () => void signalProcess(pid, "SIGKILL"),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await endPostmaster(pid);
      await exited;
    },
  };
}
