/**
 * A throw-away Postgres on a free port and a temporary folder, with the migrated template that
 * every test database is copied from.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createPool } from "@tillstream/db";
import { ensureAppRole, migrate } from "@tillstream/db/migrate";
import { TEMPLATE_DATABASE, TEST_APP_ROLE, urlForDatabase } from "@tillstream/db/testing";
import { migrateJobQueue } from "../environment/database/job-queue.ts";
import { freePorts } from "../environment/ports.ts";
import { startPostgres } from "../environment/postgres.ts";
import { isAlive, signalProcess } from "../environment/processes.ts";
import { memoryFolder, temporaryFolder } from "./temporary-folder.ts";

/** A run keeps its log and some dozens of databases of 10 MB: with room for many more, it does so in memory. */
const MEMORY_BYTES = 4 * 1024 ** 3;

export interface TestServer extends AsyncDisposable {
  /** The owner's URL. */
  readonly url: string;
  /** Ends the postmaster: SIGINT disconnects everyone, SIGQUIT is a crash. */
  end(signal: "SIGINT" | "SIGQUIT"): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  isRunning(): boolean;
}

export interface TestServerOptions {
  readonly durable?: boolean;
  /** Where its data lie. */
  readonly folder?: string;
}

async function makeTemplate(url: string): Promise<void> {
  const server = createPool({ url, max: 1, applicationName: "test-server" });
  try {
    await server.query(`CREATE DATABASE ${TEMPLATE_DATABASE} IS_TEMPLATE true`);
    const template = urlForDatabase(url, TEMPLATE_DATABASE);
    await migrate({ url: template, after: [migrateJobQueue] });
    await ensureAppRole({ url: template, role: TEST_APP_ROLE, password: TEST_APP_ROLE });
    await server.query(`ALTER DATABASE ${TEMPLATE_DATABASE} ALLOW_CONNECTIONS false`);
  } finally {
    await server.end();
  }
}

/** Starts a server with the template; for the tests, and for benches that want a throw-away one. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { durable = false } = options;
  // Copying the template makes some hundreds of files: ten times faster in memory than on a slow disk.
  const folder = options.folder ?? (durable ? temporaryFolder("test") : memoryFolder("test", MEMORY_BYTES));
  const [port = 0] = await freePorts(1);
  const start = () => startPostgres({ dataDir: join(folder, "postgres"), port, durable });
  let postgres = await start();
  await makeTemplate(postgres.url);
  return {
    url: postgres.url,
    async end(signal) {
      signalProcess(postgres.pid, signal);
      await postgres.exited;
    },
    async start() {
      postgres = await start();
    },
    isRunning: () => isAlive(postgres.pid),
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
