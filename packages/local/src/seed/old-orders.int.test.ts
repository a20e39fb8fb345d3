import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { ledgerOf } from "../operations/verify/gateway-ledger.ts";
import { verify } from "../operations/verify/index.ts";
import { settle } from "../operations/verify/testing/settle.ts";
import { createTestGateway } from "../operations/verify/testing/test-gateway.ts";
import { seedCatalogue } from "./catalogue-rows.ts";
import { seedOldOrders } from "./old-orders.ts";

it("orders that began as v1 are carried out like any other, and every read model agrees with their history", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const gateway = createTestGateway();
  await seedCatalogue(database);
  await seedOldOrders(database, 42);
  await seedOldOrders(database, 42);
  await settle(database, gateway);
  const begun = await database.query(sql`
    SELECT schema_version, data ? 'currency' AS "hasCurrency", count(*)::int AS count FROM events WHERE type = 'OrderCreated' GROUP BY 1, 2`);
  expect(begun).toEqual([{ schema_version: 1, hasCurrency: false, count: 3 }]);
  const views = await database.query(sql`
    SELECT status, currency, count(*)::int AS count, bool_and(jsonb_array_length(lines) = 1) AS "haveLines" FROM order_view GROUP BY 1, 2`);
  expect(views).toEqual([{ status: "confirmed", currency: "USD", count: 3, haveLines: true }]);
  const findings = await verify(database, { gateway: ledgerOf(gateway.entries) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
});
