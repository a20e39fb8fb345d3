/** The system whose costs are counted: a whole one of its own, with the settings of `npm start`. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createPool, poolDatabase } from "@tillstream/db";
import { migrate } from "@tillstream/db/migrate";
import type { Environment } from "../../environment/child-env.ts";
import { migrateJobQueue } from "../../environment/database/job-queue.ts";
import { freePorts } from "../../environment/ports.ts";
import { startPostgres } from "../../environment/postgres.ts";
import { startSystem } from "../../testing/system.ts";
import type { System } from "../../testing/system.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { fillPast } from "../plans/fill.ts";
import { createShopClient } from "../traffic/shop-client.ts";
import type { ShopClient } from "../traffic/shop-client.ts";
import { stockUp } from "../traffic/stock-up.ts";
import { makeCountingCluster } from "./cluster.ts";
import { createMeter } from "./meter.ts";
import type { Meter } from "./meter.ts";

const FILL_MS_MAX = 3_600_000;
/** The orders of the past were never at the gateway, and what is measured is not that it is asked for all of them. */
const NO_RECONCILIATION = { RECONCILE_INTERVAL_MS: "86400000" };

export interface StartOptions {
  readonly ordersBefore?: number | undefined;
  readonly env?: Environment;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Counted extends AsyncDisposable {
  readonly system: System;
  readonly meter: Meter;
  readonly countsStatements: boolean;
  readonly shoppers: { readonly client: ShopClient; readonly skus: readonly string[] };
}

export async function startCounted({ ordersBefore, env = {}, log, signal }: StartOptions): Promise<Counted> {
  await using stack = new AsyncDisposableStack();
  const folder = temporaryFolder("profile");
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const countsStatements = makeCountingCluster(join(folder, "postgres"), log);
  if (ordersBefore !== undefined) {
    log(`writing ${ordersBefore} orders of the past`);
    await fillDatabase(join(folder, "postgres"), ordersBefore);
  }
  log("starting a system of its own");
  const settings = { ...(ordersBefore !== undefined && NO_RECONCILIATION), ...env };
  const system = stack.use(await startSystem({ durable: true, dataDir: folder, env: settings, signal }));
  const meter = stack.use(await createMeter(system, countsStatements));
  const client = createShopClient(system.urls.storefront);
  const skus = await client.skus();
  await stockUp(meter.db, skus);
  const started = stack.move();
  signal.addEventListener("abort", () => void started.disposeAsync());
  return {
    system,
    meter,
    countsStatements,
    shoppers: { client, skus },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** Before the system is there: its processes then start with these orders behind them. */
async function fillDatabase(dataDir: string, orders: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const [port = 0] = await freePorts(1);
  const postgres = await startPostgres({ dataDir, port, durable: false });
  stack.defer(() => postgres.stop());
  const { url } = postgres;
  await migrate({ url, after: [migrateJobQueue] });
  const pool = createPool({ url, max: 1, applicationName: "profile", statementTimeoutMs: FILL_MS_MAX });
  stack.defer(() => pool.end());
  await fillPast(poolDatabase(pool), orders);
}
