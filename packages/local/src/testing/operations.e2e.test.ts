import { rmSync } from "node:fs";
import { requestRebuild } from "@tillstream/eventing";
import { modules } from "@tillstream/commerce";
import { createPool, poolDatabase } from "@tillstream/db";
import { raw, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createShopClient } from "../traffic/shop-client.ts";
import { placeOrders } from "../traffic/shoppers.ts";
import { httpLedger, settled, verify } from "../verify/index.ts";
import { startSystem } from "./system.ts";
import type { System } from "./system.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const SETTLE_MS = 60_000;
const WAIT = { timeout: 60_000, interval: 100 };
/** Small, so that a rebuild of some dozens of orders has a middle. */
const REBUILD_BATCH_SIZE = "5";
const GATE = 2_026;
/** A day: what is confirmed stays so, however long a test takes. */
const SHIPPING_DELAY_MS = "86400000";

const dataDir = temporaryFolder("operations");
let system: System;
let pool: ReturnType<typeof createPool>;
let db: Database;

async function start(): Promise<void> {
  system = await startSystem({ dataDir, env: { REBUILD_BATCH_SIZE, SHIPPING_DELAY_MS } });
  pool = createPool({ url: system.databaseUrl, max: 4, applicationName: "e2e" });
  db = poolDatabase(pool);
}

async function stop(): Promise<void> {
  await pool?.end();
  await system?.stop();
}

beforeAll(start);
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function buy(count: number, seed: number): Promise<void> {
  const client = createShopClient(system.urls.storefront);
  const { errors } = await placeOrders({
    client,
    skus: await client.skus(),
    count,
    concurrency: 8,
    declineShare: 0.1,
    seed,
  });
  expect(errors).toEqual([]);
}

async function expectAllHolds(): Promise<void> {
  expect(await settled(db, SETTLE_MS)).toBeUndefined();
  const findings = await verify(db, { gateway: httpLedger(system.urls.gateway) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
}

/** From here on a rebuild of the orders waits at its sixth, for as long as somebody holds the gate. */
const haltRebuild = async () => {
  await db.query(sql`
    CREATE FUNCTION halt_rebuild() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF (SELECT count(*) FROM rebuild.order_view) > 5 THEN PERFORM pg_advisory_xact_lock(${raw(String(GATE))}); END IF;
      RETURN NULL;
    END $$`);
  await db.query(sql`
    CREATE TRIGGER halt AFTER INSERT ON rebuild.order_view FOR EACH STATEMENT EXECUTE FUNCTION halt_rebuild()`);
};

it("a projection spoilt by hand is rebuilt exactly, under orders that come in and a worker that is killed", async () => {
  await buy(60, 1);
  await settled(db, SETTLE_MS);
  await db.query(sql`DELETE FROM order_view`);
  const projections = modules.flatMap((module) => module.projections);
  const rebuild = async () =>
    (await db.query<{ status: string; position: number }>(sql`SELECT status, position FROM projection_rebuilds`))[0];
  await haltRebuild();
  const killedAt = await db.transaction(async (tx) => {
    await tx.query(sql`SELECT pg_advisory_xact_lock(${GATE}::bigint)`);
    await requestRebuild(db, projections, "order_view", "test");
    await vi.waitUntil(
      async () =>
        (await db.query(sql`SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${GATE}::int AND NOT granted`))
          .length > 0,
      WAIT,
    );
    system.kill("worker", "SIGKILL");
    return (await rebuild())?.position ?? 0;
  });
  await db.query(sql`DROP FUNCTION halt_rebuild() CASCADE`);
  expect(killedAt).toBeGreaterThan(0);
  await buy(20, 2);
  await vi.waitUntil(async () => (await rebuild())?.status === "swapped", WAIT);
  expect((await rebuild())?.position).toBeGreaterThan(killedAt);
  await expectAllHolds();
}, 150_000);

it("a worker that stands still raises an alert, which is resolved when it goes on", async () => {
  await expectAllHolds();
  const alerts = async (status: string) =>
    (await db.query(sql`SELECT FROM projection_alerts WHERE status = ${status}`)).length;
  system.kill("worker", "SIGSTOP");
  await buy(2, 3);
  await vi.waitUntil(async () => (await alerts("firing")) > 0, WAIT);
  system.kill("worker", "SIGCONT");
  await vi.waitUntil(async () => (await alerts("firing")) === 0 && (await alerts("resolved")) > 0, WAIT);
  await expectAllHolds();
}, 150_000);

it("everything is still there after it was stopped and started again", async () => {
  const before = await db.query(sql`SELECT id, status, version FROM orders ORDER BY id`);
  await stop();
  await start();
  expect(await db.query(sql`SELECT id, status, version FROM orders ORDER BY id`)).toEqual(before);
  await buy(3, 4);
  await expectAllHolds();
}, 150_000);
