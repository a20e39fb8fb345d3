/** Invariants whose own question fails, and sums that are greater than an integer of the database. */
import { createTestGateway, createTestShop, recordRichAccount, shopper } from "@tillstream/commerce/testing";
import { raw, sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { invariants, verify } from "./index.ts";
import type { Finding } from "./index.ts";
import { verifyRunning } from "./verify-running.ts";

const without = { gateway: undefined };
const failing = (findings: readonly Finding[]) =>
  findings.flatMap(({ name, status, broken }) => (status === "broken" ? [[name, broken]] : []));

it("an account whose sums are beyond the integers holds every invariant, and what is wrong with it is found", async () => {
  await using shop = await createTestShop();
  await recordRichAccount(shop.database, shopper.id);
  await shop.settle(createTestGateway());
  expect(failing(await verify(shop.database, without))).toEqual([]);
  for (const [table, column] of [
    ["account_view", "balance"],
    ["account_statement", "balance"],
    ["account_monthly", "deposited"],
  ] as const)
    await shop.database.query(sql`UPDATE ${raw(table)} SET ${raw(column)} = ${raw(column)} + 1`);
  expect(failing(await verify(shop.database, without))).toEqual([
    [
      "account-view-agrees",
      ["shopper-1: account_view says 4400000001, held 2200000000; the stream 4400000000, held 2200000000"],
    ],
    [
      "account-statement-agrees",
      ["shopper-1: the statement ends at 4400000001, version 15; the stream at 4400000000, version 15"],
    ],
    [
      "account-months-agree",
      [expect.stringMatching(/^shopper-1 \d{4}-\d\d: account_monthly differs from the stream$/)],
    ],
  ]);
});

it("an invariant that cannot be asked counts as broken, with the words of the error, and the others go on", async () => {
  await using shop = await createTestShop();
  await recordRichAccount(shop.database, shopper.id);
  await shop.settle(createTestGateway());
  await shop.database.query(sql`ALTER TABLE events DISABLE TRIGGER USER`);
  await shop.database.query(
    sql`UPDATE events SET data = jsonb_set(data, '{amount}', '"many"') WHERE type = 'MoneyDeposited'`,
  );
  const words = [expect.stringContaining('invalid input syntax for type bigint: "many"')];
  const broken = ["account-view-agrees", "account-statement-agrees", "account-months-agree", "no-balance-below-zero"];
  const findings = await verify(shop.database, without);
  expect(findings.map(({ name }) => name)).toEqual(invariants.map(({ name }) => name));
  expect(failing(findings)).toEqual(broken.map((name) => [name, words]));
  expect(failing(await verifyRunning(shop.database, { ...without, waitMs: 60_000, lookAgainMs: 1 }))).toEqual(
    broken.map((name) => [name, words]),
  );
});
