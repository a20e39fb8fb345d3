import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createPool } from "@tillstream/db";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BusyPortError, freePorts } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import type { RunningPostgres } from "./postgres.ts";
import { isAlive } from "./processes.ts";
import { DEFAULT_BACKOFF } from "./supervisor/backoff.ts";
import { keepRunning } from "./system/keep-running.ts";
import { startServers } from "./system/servers.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

let folder = "";
let port = 0;
const started: RunningPostgres[] = [];

async function start(log?: (line: string) => void): Promise<RunningPostgres> {
  const dataDir = join(folder, "postgres");
  const postgres = await startPostgres({ dataDir, port, durable: false, ...(log === undefined ? {} : { log }) });
  started.push(postgres);
  return postgres;
}

async function ask<Row extends Record<string, unknown>>(url: string, statement: string): Promise<Row[]> {
  const pool = createPool({ url, max: 1, applicationName: "test" });
  try {
    return (await pool.query<Row>(statement)).rows;
  } finally {
    await pool.end();
  }
}

beforeEach(async () => {
  folder = temporaryFolder("postgres-test");
  [port = 0] = await freePorts(1);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
  rmSync(folder, { recursive: true, force: true });
});

test("data stay over a stop, and nothing runs after it", async () => {
  const first = await start();
  await ask(first.url, "CREATE TABLE kept (id int)");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start();
  expect(await ask(second.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 0 }]);
});

test("a postmaster that is stopped is ended, and another takes connections", async () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const watchfulness = { everyMs: 50, timeoutMs: 1_000, misses: 2, startMs: 0 };
  const first = await start();
  const kept = keepRunning("postgres", first, () => start(), log, { ...DEFAULT_BACKOFF, firstMs: 1 }, watchfulness);
  try {
    process.kill(first.pid, "SIGSTOP");
    await vi.waitUntil(() => kept.current() !== first, { timeout: 30_000 });
    expect(await ask(kept.current().url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(lines).toEqual(["postgres hung and was ended: no answer", "postgres ended; it starts again in 0.001 s"]);
  } finally {
    await kept.stop();
  }
});

test(
  "a server that listens where DATABASE_URL says is used, though the address is the embedded one's",
  { timeout: 60_000 },
  async () => {
    const own = await start();
    const lines: string[] = [];
    const options = {
      dataDir: join(folder, "data"),
      ports: { postgres: port, redis: 0 },
      databaseUrl: undefined,
      appDatabaseUrl: undefined,
      redisUrl: undefined,
      withRedis: false,
      secret: "a secret of the tests",
      durable: false,
      log: (line: string) => lines.push(line),
    };
    await expect(startServers(options)).rejects.toThrow(BusyPortError);
    const servers = await startServers({ ...options, databaseIsNamed: true });
    expect(servers.pid("postgres")).toBeUndefined();
    expect(servers.databaseUrl).toBe(own.url);
    expect(lines).toContain(`DATABASE_URL: a server listens on port ${port} already, and is used`);
    await servers.stop();
    expect(isAlive(own.pid)).toBe(true);
  },
);

test("data stay over kill -9, and the next start recovers", async () => {
  const first = await start();
  await ask(first.url, "SET synchronous_commit = on; CREATE TABLE kept (id int)");
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  const second = await start();
  expect(await ask(second.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 0 }]);
});

test("a postgres whose starter was killed is stopped by the next start", async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, "postgres.ts"))});
    const { pid } = await startPostgres({ dataDir: ${JSON.stringify(join(folder, "postgres"))}, port: ${port}, durable: false });
    console.log(pid);
    setInterval(() => undefined, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = (await once(starter.stdout, "data")) as [Buffer];
  const orphan = Number(output.toString());
  starter.kill("SIGKILL");
  await once(starter, "exit");
  expect(isAlive(orphan)).toBe(true);
  const lines: string[] = [];
  const next = await start((line) => lines.push(line));
  expect(lines).toContain("stopped the postgres that an earlier start left running");
  expect(isAlive(orphan)).toBe(false);
  expect(await ask(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a pid file that names a foreign process does not prevent the start, and that process lives on", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(
    join(folder, "postgres", "postmaster.pid"),
    `${process.pid}\n${join(folder, "postgres")}\n1\n${port}\n\n\n\n`,
  );
  const second = await start();
  expect(await ask(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a busy port is an error that names the port and its setting", async () => {
  const server = createServer();
  await once(server.listen(port, "127.0.0.1"), "listening");
  await expect(start()).rejects.toThrow(BusyPortError);
  await expect(start()).rejects.toThrow(`Port ${port} (embedded Postgres) is in use`);
  server.close();
});

test("it is UTF-8 and UTC, and its owner is not a superuser", async () => {
  const { url } = await start();
  const rows = await ask(
    url,
    `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
            current_setting('listen_addresses') AS addresses, rolsuper, rolcreatedb, rolcreaterole
     FROM pg_roles WHERE rolname = current_user`,
  );
  expect(rows).toEqual([
    { encoding: "UTF8", zone: "UTC", addresses: "127.0.0.1", rolsuper: false, rolcreatedb: true, rolcreaterole: true },
  ]);
});

test.runIf(process.getuid?.() === 0)(
  "as root, data in a folder closed to others live outside, as long as their link does",
  async () => {
    chmodSync(folder, 0o700);
    const link = join(folder, "postgres");
    const first = await start();
    await ask(first.url, "CREATE TABLE kept (id int)");
    await first.stop();
    const outside = readlinkSync(link);
    const second = await start();
    expect(await ask(second.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 0 }]);
    await second.stop();
    rmSync(link);
    const third = await start();
    await expect(ask(third.url, "SELECT FROM kept")).rejects.toThrow('relation "kept" does not exist');
    await third.stop();
    rmSync(dirname(outside), { recursive: true });
  },
);
