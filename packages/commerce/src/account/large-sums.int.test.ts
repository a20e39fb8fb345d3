/** Sums of money beyond the integers of the database, through every read model of an account and every question to them. */
import { catalogueOf, compareProjection, rebuildNext, requestRebuild } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it } from "vitest";
import { adminRouter, shopRouter } from "../routers.ts";
import { createTestGateway, createTestShop, recordRichAccount, RICH, shopper } from "../testing/index.ts";
import type { TestShop } from "../testing/index.ts";
import { accountMonthlyProjection } from "./projections/account-monthly.ts";
import { accountStatementProjection } from "./projections/account-statement.ts";
import { accountViewProjection } from "./projections/account-view.ts";

const INTEGER_MAX = 2 ** 31 - 1;
const usd = (amount: number) => ({ amount, currency: "USD" });
const { deposited, granted, refunded, withdrawn, spent, held, balance, available, version } = RICH;

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await recordRichAccount(shop.database, shopper.id);
  await recordRichAccount(shop.database, "another");
  await shop.settle(createTestGateway());
});
afterAll(() => shop[Symbol.asyncDispose]());

const mine = () => createCallerFactory(shopRouter)(shop.context({ user: shopper })).account;
const merchant = () => createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));

it("no event of such an account is parked", async () => {
  expect(await shop.database.query(sql`SELECT consumer, error FROM dead_letters`)).toEqual([]);
});

it("the balance is what the history leads to", async () => {
  const figures = { balance: usd(balance), held: usd(held), available: usd(available), version };
  expect(await mine().balance({ minVersion: version })).toEqual({ ...figures, upToDate: true });
  expect(await mine().balanceAt({ at: new Date().toISOString() })).toEqual(figures);
});

it("the statement ends with it, for the shopper and for the merchant, page by page", async () => {
  const first = await mine().statement({ limit: 1 });
  expect(first.items).toMatchObject([{ version, type: "hold", balance: usd(balance) }]);
  const second = await mine().statement({ limit: 2, cursor: first.nextCursor ?? "" });
  expect(second.items).toMatchObject([
    { type: "refund", amount: usd(refunded / 2), balance: usd(balance) },
    { type: "payment", amount: usd(-spent / 2), balance: usd(balance - refunded / 2) },
  ]);
  const { items } = await merchant().accounts.statement({ accountId: shopper.id });
  expect(items[0]).toMatchObject({ version, balance: usd(balance) });
});

it("the month has each sum, and its end", async () => {
  const { items } = await mine().months({});
  expect(items).toMatchObject([{ deposited, granted, refunded, withdrawn, spent, closing: balance }]);
});

it("accounts are searched and paged by such a balance", async () => {
  const ask = { minBalance: INTEGER_MAX + 1, limit: 1 };
  const first = await merchant().accounts.search(ask);
  expect(first.items).toMatchObject([{ accountId: shopper.id, balance, held, available }]);
  const second = await merchant().accounts.search({ ...ask, cursor: first.nextCursor ?? "" });
  expect([second.items, second.nextCursor]).toMatchObject([[{ accountId: "another", balance }], null]);
  expect((await merchant().accounts.search({ minBalance: balance + 1 })).items).toEqual([]);
  expect((await merchant().accounts.search({ minBalance: Number.MAX_SAFE_INTEGER })).items).toEqual([]);
});

it.each([accountViewProjection, accountStatementProjection, accountMonthlyProjection])(
  "a rebuild of $name ends, with the same rows",
  async (projection) => {
    await requestRebuild(shop.database, [projection], projection.name, "test");
    const catalogue = catalogueOf(projection);
    while ((await rebuildNext(shop.database, projection, catalogue, 100))?.swapped === false);
    expect(
      await shop.database.query(sql`
      SELECT DISTINCT status FROM projection_rebuilds WHERE projection = ${projection.name}`),
    ).toEqual([{ status: "swapped" }]);
    expect(await compareProjection(shop.database, projection, "all")).toMatchObject({ agrees: true, rows: [] });
  },
);
