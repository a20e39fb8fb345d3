/**
 * Databases for tests: each is a copy of one migrated template, so that making one takes some
 * milliseconds and no test sees another's rows. For use with `await using`.
 */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { urlForRole } from "./migrations/app-role.ts";
import { createPool, poolDatabase } from "@tillstream/runtime/postgres";

export const TEMPLATE_DATABASE = "tillstream_template";
const EMPTY_DATABASE = "template1";
/** The lesser role of test databases; its password is its name. */
export const TEST_APP_ROLE = "tillstream_app";

const POOL_MAX = 20;
const DATABASE_IN_USE = "55006";
const CREATE_ATTEMPTS = 50;
/** Tests ask for more at once than there are connections, on machines that are busy. */
const CONNECT_TIMEOUT_MS = 20_000;
const GIVEN_BACK_MS = 5_000;
const GIVEN_BACK_LOOK_MS = 20;

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's URL on the test server; its path is replaced by the database of each test. Only tests with a database have one. */
    testPostgresUrl: string | undefined;
  }
}

export interface TestDatabase extends AsyncDisposable {
  /** The owner's URL. */
  readonly url: string;
  /** The URL of the role that the processes run as. */
  readonly appUrl: string;
  /** A pool of the owner. */
  readonly pool: pg.Pool;
  readonly database: Database;
}

async function providedServer(): Promise<string> {
  const { inject } = await import("vitest");
  const url = inject("testPostgresUrl");
  if (url === undefined)
    throw new Error("no test server: name the file *.int.test.ts, so that it runs in the integration project");
  return url;
}

export function urlForDatabase(url: string, database: string): string {
  const target = new URL(url);
  target.pathname = `/${database}`;
  return target.href;
}

async function onServer<Result>(serverUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: urlForDatabase(serverUrl, "postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Postgres refuses the copy while another session looks at the template, which lasts for moments only. Copying files takes less than
 * half of the work that copying page by page through the log does.
 */
async function copyTemplate(serverUrl: string, database: string, template: string): Promise<void> {
  await onServer(serverUrl, async (client) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await client.query(`CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY FILE_COPY`);
      } catch (error) {
        const busy = error instanceof pg.DatabaseError && error.code === DATABASE_IN_USE;
        if (!busy || attempt >= CREATE_ATTEMPTS) throw error;
        await client.query("SELECT pg_sleep(0.05)");
      }
    }
  });
}

/** Ends the pool; a client that was taken out and not given back within some seconds would hang here, and is a fault of the test. */
async function endPool(pool: pg.Pool): Promise<void> {
  const leaked = () => pool.totalCount - pool.idleCount;
  for (const started = performance.now(); leaked() > 0 && performance.now() - started < GIVEN_BACK_MS;)
    await systemScheduler.sleep(GIVEN_BACK_LOOK_MS);
  if (leaked() > 0) throw new Error(`${leaked()} pool client(s) leaked: connect() without release()`);
  await pool.end();
}

/**
 * A fresh migrated database, dropped at the end of its scope.
 * @param options.serverUrl a server that holds the template; by default the one of the integration tests
 * @param options.isEmpty without migrations
 */
export async function createTestDatabase(
  options: { readonly serverUrl?: string; readonly isEmpty?: boolean } = {},
): Promise<TestDatabase> {
  const serverUrl = options.serverUrl ?? (await providedServer());
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await copyTemplate(serverUrl, name, options.isEmpty === true ? EMPTY_DATABASE : TEMPLATE_DATABASE);
  const url = urlForDatabase(serverUrl, name);
  const pool = createPool({ url, max: POOL_MAX, applicationName: "test", connectTimeoutMs: CONNECT_TIMEOUT_MS });
  // A leaked client is reported below; that the drop then ends its connection is not a second fault.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    url,
    appUrl: urlForRole(url, TEST_APP_ROLE, TEST_APP_ROLE),
    pool,
    database: poolDatabase(pool),
    async [Symbol.asyncDispose]() {
      try {
        await endPool(pool);
      } finally {
        await onServer(serverUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
      }
    },
  };
}
