import { modules, startDueShipments } from "@tillstream/commerce";
import { createTestDatabase } from "@tillstream/db/testing";
import { assemble, releaseDue } from "@tillstream/eventing";
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { ledgerOf } from "../operations/verify/gateway-ledger.ts";
import { verify } from "../operations/verify/index.ts";
import { portsOf, settle } from "../operations/verify/testing/settle.ts";
import { createTestGateway } from "../operations/verify/testing/test-gateway.ts";
import { seedCatalogue } from "./catalogue-rows.ts";
import { withServices } from "./services.ts";
import { seedUnshippableOrders } from "./unshippable-orders.ts";

/** More than any event has. */
const ATTEMPTS_MAX = 20;

it("orders that nobody can ship end as dead letters, however often they are seeded, and every invariant holds", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const gateway = createTestGateway();
  const { subscriptions } = assemble(modules, portsOf(db, gateway));
  const statuses = async () => {
    const rows = await db.query<{ status: string }>(sql`SELECT status FROM dead_letters WHERE consumer = 'shipping'`);
    return rows.map(({ status }) => status);
  };
  await seedCatalogue(db);
  await withServices(test.url, async (services) => {
    for (let turn = 0; turn < 2; turn += 1) await seedUnshippableOrders(services, 42);
  });
  await settle(db, gateway);
  await startDueShipments(db);
  await settle(db, gateway);
  const options = {
    db,
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    signal: new AbortController().signal,
    subscriptions,
  };
  for (let attempt = 1; attempt < ATTEMPTS_MAX && (await statuses()).includes("retrying"); attempt += 1) {
    await db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
    await releaseDue(options);
  }
  await settle(db, gateway);
  expect(await statuses()).toEqual(["parked", "parked"]);
  const findings = await verify(db, { gateway: ledgerOf(gateway.entries) });
  expect(findings.flatMap(({ name, broken }) => broken.map((id) => `${name} ${id}`))).toEqual([]);
});
