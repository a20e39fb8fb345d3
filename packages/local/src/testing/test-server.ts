/**
 * A throw-away Postgres on a free port and a temporary folder, with the migrated template that
 * every test database is copied from.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createPool } from "@tillstream/db";
import { ensureAppRole, migrate } from "@tillstream/db/migrate";
import { TEMPLATE_DATABASE, TEST_APP_ROLE, urlForDatabase } from "@tillstream/db/testing";
import { migrateJobQueue } from "../database/job-queue.ts";
import { freePorts } from "../ports.ts";
import { startPostgres } from "../postgres.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface TestServer extends AsyncDisposable {
  /** The owner's URL. */
  readonly url: string;
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
export async function startTestServer(options: { readonly durable?: boolean } = {}): Promise<TestServer> {
  const folder = temporaryFolder("test");
  const [port = 0] = await freePorts(1);
  const postgres = await startPostgres({ dataDir: join(folder, "postgres"), port, durable: options.durable ?? false });
  await makeTemplate(postgres.url);
  return {
    url: postgres.url,
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
