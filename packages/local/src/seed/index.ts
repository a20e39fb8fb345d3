/** Fills an empty database: the catalogue with its stock, the local logins, and some orders for the worker to carry out. */
import { Option } from "commander";
import { createPool, poolDatabase } from "@tillstream/db";
import { readEnv, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { authSettings } from "@tillstream/trpc/settings";
import { seedAccount } from "./accounts.ts";
import { seedCatalogue } from "./catalogue-rows.ts";
import { seedOldOrders } from "./old-orders.ts";
import { seedOrders } from "./orders.ts";
import { hasPast, seedPast } from "./past/index.ts";
import { withServices } from "./services.ts";
import { seedUnshippableOrders } from "./unshippable-orders.ts";
import { localShopper, seedUsers } from "./users.ts";

const POOL_MAX = 4;
/** A past is written in few statements. */
const STATEMENT_MS_MAX = 1_200_000;
const COUNTS = { s: 12, m: 500, l: 500 } as const;
/** Beneath them at size l. */
const PAST = { orders: 100_000, accounts: 50_000 } as const;
export type Size = keyof typeof COUNTS;

export const sizeOption = () => new Option("--size <size>", "how much").choices(Object.keys(COUNTS)).default("s");

export interface SeedOptions {
  /** The owner's URL. */
  readonly url: string;
  readonly log: (line: string) => void;
  readonly size?: Size;
  readonly seed?: number;
  /** Only in the local environment: its logins have a known password. */
  readonly withLocalUsers?: boolean;
  /** Orders that end as dead letters. */
  readonly withDeadLetters?: boolean;
}

/** Seeds when the catalogue is empty; otherwise leaves everything as it is. */
export async function seedIfEmpty(options: SeedOptions): Promise<void> {
  await withServices(options.url, async (services) => {
    const filled = await services.db.query(sql`SELECT FROM categories LIMIT 1`);
    if (filled.length === 0) await seed(options);
  });
}

/** Adds what is missing: seeding again with the same seed changes nothing. */
export async function seed({
  url,
  log,
  size = "s",
  seed: seedNumber = 42,
  withLocalUsers = true,
  withDeadLetters = true,
}: SeedOptions): Promise<void> {
  const { APP_SECRET } = readEnv(authSettings);
  const pool = createPool({ url, max: POOL_MAX, applicationName: "seed", statementTimeoutMs: STATEMENT_MS_MAX });
  const db = poolDatabase(pool);
  try {
    await withServices(url, async (services) => {
      const filled = await db.query(sql`SELECT FROM categories LIMIT 1`);
      if (filled.length === 0) {
        log("seeding the catalogue");
        const made = await seedCatalogue(db);
        log(`seeded ${made.products} products with ${made.variants} variants`);
      }
      if (size === "l" && !(await hasPast(db))) await seedPast(db, { ...PAST, log });
      if (withLocalUsers) {
        await seedUsers(pool, db, APP_SECRET);
        await seedAccount(services, await localShopper(db));
      }
      const count = COUNTS[size];
      const step = Math.max(1, Math.floor(count / 10));
      const onProgress = (placed: number) =>
        placed % step === 0 && count > 100 && log(`placed ${placed} of ${count} orders`);
      log("placing orders");
      const before = await countOrders(db);
      await seedOldOrders(db, seedNumber);
      await seedOrders(services, { count, seed: seedNumber, onProgress });
      if (withDeadLetters) await seedUnshippableOrders(services, seedNumber);
      log(outcome((await countOrders(db)) - before, seedNumber));
    });
  } finally {
    await pool.end();
  }
}

async function countOrders(db: SqlExecutor): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM orders`);
  return row?.count ?? 0;
}

function outcome(placed: number, seedNumber: number): string {
  if (placed === 0) return `the orders of seed ${seedNumber} are there already: another --seed makes others`;
  return `placed ${placed} orders; the worker carries them out`;
}
