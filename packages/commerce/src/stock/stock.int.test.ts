import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { createTestShop, SKUS } from "../testing/index.ts";
import { releaseStock, reserveStock } from "./stock.ts";

const reserve = (db: Database, orderId: string, ...skus: string[]) =>
  db.transaction((tx) =>
    reserveStock(
      tx,
      orderId,
      skus.map((sku) => ({ sku, quantity: 1 })),
    ),
  );

async function state(db: Database, sku: string): Promise<{ available: number; ledger: number }> {
  const rows = await db.query<{ available: number; ledger: number }>(sql`
    SELECT available, (SELECT sum(quantity) FROM stock_movements movement WHERE movement.sku = stock.sku)::int AS ledger FROM stock WHERE sku = ${sku}`);
  return rows[0] ?? expect.fail("no such stock");
}

it("of fifty reservations of the last three exactly three succeed, and the ledger agrees", async () => {
  await using shop = await createTestShop();
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, index) => reserve(shop.database, `o${index}`, SKUS.rare)),
  );
  expect(results.filter(({ reserved }) => reserved).length).toBe(3);
  expect(await state(shop.database, SKUS.rare)).toEqual({ available: 0, ledger: 0 });
});

it("an order gets all of its items or none", async () => {
  await using shop = await createTestShop();
  await reserve(shop.database, "a", SKUS.rare);
  const short = await shop.database.transaction((tx) =>
    reserveStock(tx, "b", [
      { sku: SKUS.mug, quantity: 1 },
      { sku: SKUS.rare, quantity: 3 },
    ]),
  );
  expect(short).toEqual({ reserved: false, shortSkus: ["RARE"] });
  expect((await state(shop.database, SKUS.mug)).available).toBe(1_000);
});

it("orders for the same items in opposite order do not wait for each other for ever", async () => {
  await using shop = await createTestShop();
  const orders = Array.from({ length: 40 }, (_, index) => {
    const skus = index % 2 === 0 ? [SKUS.mug, SKUS.lamp] : [SKUS.lamp, SKUS.mug];
    return reserve(shop.database, `o${index}`, ...skus);
  });
  expect((await Promise.all(orders)).every(({ reserved }) => reserved)).toBe(true);
  expect(await state(shop.database, SKUS.lamp)).toEqual({ available: 960, ledger: 960 });
});

it("reserving and releasing again change nothing", async () => {
  await using shop = await createTestShop();
  await reserve(shop.database, "a", SKUS.rare);
  await reserve(shop.database, "a", SKUS.rare);
  expect((await state(shop.database, SKUS.rare)).available).toBe(2);
  for (let time = 0; time < 2; time += 1) await shop.database.transaction((tx) => releaseStock(tx, "a"));
  expect(await state(shop.database, SKUS.rare)).toEqual({ available: 3, ledger: 3 });
});

it("the database itself refuses stock below zero", async () => {
  await using test = await createTestDatabase();
  await expect(test.database.query(sql`INSERT INTO stock (sku, available) VALUES ('X', -1)`)).rejects.toThrow(
    /stock_available_not_negative|foreign key/,
  );
});
