import { projections } from "@tillstream/commerce";
import { createTestDatabase } from "@tillstream/db/testing";
import { compareProjection } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { ledgerOf } from "../../operations/verify/gateway-ledger.ts";
import { verify } from "../../operations/verify/index.ts";
import { settle } from "../../operations/verify/testing/settle.ts";
import { createTestGateway } from "../../operations/verify/testing/test-gateway.ts";
import { seedCatalogue } from "../catalogue-rows.ts";
import { hasPast, seedPast } from "./index.ts";

it("a past written by SQL is one that the shop could have had: every invariant holds, and each read model is what its events lead to", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await seedCatalogue(db);
  expect(await hasPast(db)).toBe(false);
  await seedPast(db, { orders: 400, accounts: 150, log: () => undefined });
  expect(await hasPast(db)).toBe(true);
  const gateway = createTestGateway();
  await settle(db, gateway);
  const findings = await verify(db, { gateway: ledgerOf(gateway.entries) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
  expect(findings.find(({ name }) => name === "order-rows-follow-events")).toMatchObject({ checked: 400 });
  for (const projection of projections)
    expect([projection.name, await compareProjection(db, projection, "all", { isUnbounded: true })]).toMatchObject([
      projection.name,
      { agrees: true },
    ]);
  const ended = await db.query(sql`
    SELECT status, count(*)::int AS orders FROM orders GROUP BY status ORDER BY status`);
  expect(ended).toEqual([
    { status: "cancelled", orders: 20 },
    { status: "confirmed", orders: 40 },
    { status: "shipped", orders: 340 },
  ]);
});

it("a past comes first: a database with a history is refused, and left as it is", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await seedCatalogue(db);
  await settle(db, createTestGateway());
  await expect(seedPast(db, { orders: 10, accounts: 5, log: () => undefined })).rejects.toThrow(
    "npm run reset -- --size l",
  );
  expect(await db.query(sql`SELECT FROM orders`)).toEqual([]);
});
