/** A fault of the gateway that is switched on ends with the worker that keeps it on, and with its time. */
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { startWorkerProcess } from "./worker-process.ts";

/** A worker that starts on a busy machine takes its time. */
const PATIENCE = { timeout: 90_000, interval: 100 };

it("no gateway stays down when the worker is killed, nor for a worker that starts after the fault's time", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  const isDown = async () => ((await (await fetch(`${gateway.url}/faults`)).json()) as { down: boolean }).down;
  const start = () => startWorkerProcess(shop.test, { GATEWAY_URL: gateway.url, TILLSTREAM_LOCAL: "true" });
  let worker = await start();
  try {
    await shop.database.query(sql`
      INSERT INTO faults (name, value, set_by, expires_at) VALUES ('gateway', '{"down": true}', 'user:x', now() + interval '1 hour')`);
    await expect.poll(isDown, PATIENCE).toBe(true);
    await worker.end();
    await expect.poll(isDown, PATIENCE).toBe(false);
    worker = await start();
    await expect.poll(isDown, PATIENCE).toBe(true);
    await shop.database.query(sql`UPDATE faults SET expires_at = now()`);
    await expect.poll(isDown, PATIENCE).toBe(false);
    // What is over is forgotten.
    await expect.poll(() => shop.database.query(sql`SELECT FROM faults`), PATIENCE).toEqual([]);
  } finally {
    await worker.end();
  }
}, 400_000);

it("outside a local environment nobody looks at the table", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  await shop.database.query(sql`
    INSERT INTO faults (name, value, set_by, expires_at) VALUES ('gateway', '{"down": true}', 'user:x', now() - interval '1 hour')`);
  const worker = await startWorkerProcess(shop.test, { GATEWAY_URL: gateway.url, TILLSTREAM_LOCAL: "false" });
  try {
    // By then every loop has looked once: this one is of the modules, too.
    await expect.poll(() => shop.database.query(sql`SELECT FROM gateway_calls`), PATIENCE).not.toEqual([]);
    expect(await shop.database.query(sql`SELECT FROM faults`)).toHaveLength(1);
  } finally {
    await worker.end();
  }
}, 200_000);
