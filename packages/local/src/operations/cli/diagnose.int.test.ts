/** The terminal tells what is wrong also when the database, or a process, is what is wrong. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createTestGateway, createTestShop } from "@tillstream/commerce/testing";
import type { Database } from "@tillstream/runtime";
import { sql } from "@tillstream/runtime";
import { afterEach, expect, it, vi } from "vitest";
import { freePorts } from "../../environment/ports.ts";
import { showDiagnosis } from "./diagnose.ts";
import { askProcesses } from "./process-health.ts";

afterEach(() => void vi.restoreAllMocks());

/** What is printed, and the exit code. */
async function diagnosed(db: Database, processes: Awaited<ReturnType<typeof askProcesses>>, json: boolean) {
  const print = vi.spyOn(console, "log").mockReturnValue();
  const code = await showDiagnosis({ db, processes, consoleUrl: "http://localhost:3001", json });
  return { code, text: String(print.mock.calls.at(-1)?.[0]) };
}

const GONE: Database = {
  query: () => Promise.reject(new Error("connect ECONNREFUSED 127.0.0.1:54320")),
  transaction: () => Promise.reject(new Error("connect ECONNREFUSED 127.0.0.1:54320")),
};

it("a Postgres that is away is what is wrong, and what could not be asked is said", async () => {
  const { code, text } = await diagnosed(GONE, [], true);
  expect(code).toBe(1);
  expect(JSON.parse(text)).toMatchObject({
    findings: [{ what: "Postgres does not answer", cause: "connect ECONNREFUSED 127.0.0.1:54320", orders: null }],
    unchecked: [expect.stringMatching(/^\d+ checks that ask the database$/)],
  });
});

it("a worker that hangs speaks for its alert; a shop that is gone is a matter of its own", async () => {
  await using shop = await createTestShop();
  await shop.settle(createTestGateway()); // registers every subscription
  const { database: db } = shop;
  for (const table of [sql`projection_checkpoints`, sql`consumer_checkpoints`])
    await db.query(sql`UPDATE ${table} SET heartbeat_at = now() - interval '1 minute'`);
  await db.query(sql`UPDATE relay_leases SET expires_at = now() - interval '1 minute'`);
  const hanging = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(hanging, "listening");
  const worker = (hanging.address() as AddressInfo).port;
  const answering = createServer((_request, response) => void response.end("{}")).listen(0, "127.0.0.1");
  await once(answering, "listening");
  const admin = (answering.address() as AddressInfo).port;
  const [storefront = 0] = await freePorts(1);
  const processes = await askProcesses({ worker, admin, gateway: admin, storefront, postgres: 0, redis: 0 });
  const { code, text } = await diagnosed(db, processes, false);
  hanging.closeAllConnections();
  hanging.close();
  answering.close();
  expect(code).toBe(1);
  expect(text).toMatch(/ABOUT TO FIRE {2}No worker is at work/);
  expect(text).toContain(`the worker: no answer from http://127.0.0.1:${worker}/health within 3 s`);
  expect(text).toMatch(/WRONG {2}The storefront does not answer\n {2}hurts {4}Every shopper/);
  expect(text).not.toContain("The worker does not answer");
  expect(text).toMatch(/look {5}http:\/\/localhost:3001\/incidents\/\d+/);
});
