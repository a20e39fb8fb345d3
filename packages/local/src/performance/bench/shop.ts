/** A seeded shop for the benchmarks, in this process: no worker, no pages. */
import { readShopFacts } from "@tillstream/commerce/settings";
import { createDatabase, createPool, poolDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { inProcessServices } from "@tillstream/trpc";
import type { Services } from "@tillstream/trpc";
import type pg from "pg";
import { seedCatalogue } from "../../seed/catalogue-rows.ts";
import { startTestServer } from "../../testing/test-server.ts";

const POOL_MAX = 40;
/** Histories are written by one statement. */
const STATEMENT_TIMEOUT_MS = 600_000;

export interface BenchShop extends AsyncDisposable {
  /** The owner's URL. */
  readonly url: string;
  readonly services: Services;
  /** Plain connections, for the reference. */
  readonly database: Database;
  readonly pool: pg.Pool;
}

export async function createBenchShop({ empty = false } = {}): Promise<BenchShop> {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await startTestServer({ durable: true }));
  const test = stack.use(await createTestDatabase({ serverUrl: server.url }));
  const pool = createPool({
    url: test.url,
    max: POOL_MAX,
    applicationName: "bench",
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  stack.defer(() => pool.end());
  const database = poolDatabase(pool);
  const db = createDatabase({ url: test.url, max: POOL_MAX, applicationName: "bench" }, database);
  stack.defer(() => db.close());
  if (!empty) {
    await seedCatalogue(database);
    // What is measured is orders, and what is known to be short is refused.
    await database.query(sql`UPDATE stock SET available = 1000000`);
  }
  const services = inProcessServices({
    db,
    secret: "a secret of the benchmarks",
    shop: readShopFacts(),
    logger: createLogger("bench", "silent"),
  });
  return { url: test.url, services, database, pool, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
