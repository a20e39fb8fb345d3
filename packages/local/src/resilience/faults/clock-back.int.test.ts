/**
 * The clock of Postgres' machine goes back an hour while orders come in. A test cannot set it; seen from the
 * database it is the same when every instant that was written lies an hour ahead.
 */
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { raw, sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { ALL_FAULTS, readLocalSettings } from "../../environment/settings.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startShoppers } from "./shoppers.ts";
import { startWorkerProcess } from "./worker-process.ts";

const { faultRounds } = readLocalSettings();
const KILLED = "is killed, and another begins";
const BEGUN_BEFORE = 30;
const PATIENCE = { timeout: 60_000, interval: 25 };
/** Recovery takes 35 s at most; on a machine that is busy with other tests, this. */
const SETTLE_MS = 90_000;
/** History keeps the times it has; which hour was counted is a key. */
const KEPT = ["audit", "events", "event_log", "event_version_hours", "_prisma_migrations"];

async function stepsBegun({ database }: TestShop): Promise<number> {
  const rows = await database.query<{ begun: number }>(
    sql`SELECT coalesce(sum(fence), 0)::int AS begun FROM saga_steps`,
  );
  return rows[0]?.begun ?? 0;
}

/** In one transaction, which the work under way may get into the way of. */
async function turnBackAnHour({ database }: TestShop): Promise<void> {
  const updates = await database.query<{ statement: string }>(sql`
    SELECT format('UPDATE %I.%I SET %s', table_schema, table_name,
                  string_agg(format('%1$I = %1$I + interval ''1 hour''', column_name), ', ')) AS statement
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND data_type = 'timestamp with time zone'
      AND (table_schema = 'public' AND table_name <> ALL(${KEPT}::text[])
           OR table_schema = 'graphile_worker' AND table_name IN ('_private_jobs', '_private_job_queues'))
    GROUP BY table_schema, table_name`);
  await vi.waitFor(
    () =>
      database.transaction(async (tx) => {
        for (const { statement } of updates) await tx.query(sql`${raw(statement)}`);
      }),
    PATIENCE,
  );
}

it.for(faultRounds >= ALL_FAULTS ? ["goes on", KILLED] : [KILLED])(
  "the database's clock goes back an hour while orders come in, and the worker %s: every order ends, every invariant holds",
  { timeout: 300_000 },
  async (what) => {
    await using shop = await createTestShop();
    await using gateway = await startGatewayProcess();
    const start = () =>
      startWorkerProcess(shop.test, { GATEWAY_URL: gateway.url, SHIPPING_DELAY_MS: "1", LOG_LEVEL: "error" });
    let worker = await start();
    try {
      await using shoppers = startShoppers(shop, 1);
      const before = await stepsBegun(shop);
      await vi.waitFor(async () => expect(await stepsBegun(shop)).toBeGreaterThan(before + BEGUN_BEFORE), PATIENCE);
      if (what === KILLED) await worker.end("SIGKILL");
      await turnBackAnHour(shop);
      if (what === KILLED) worker = await start();
      const begun = await stepsBegun(shop);
      await vi.waitFor(async () => expect(await stepsBegun(shop)).toBeGreaterThan(begun + BEGUN_BEFORE), PATIENCE);
      const placed = await shoppers.stop();
      expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
      expect((await shop.database.query(sql`SELECT FROM orders WHERE status <> 'pending'`)).length).toBe(placed);
      const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
      expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
      expect(worker.isRunning()).toBe(true);
    } finally {
      await worker.end();
    }
  },
);
