import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { expect, it } from "vitest";
import { createPool, poolDatabase } from "./pool.ts";
import { sql } from "../sql.ts";

it.each(["pg", "prisma"] as const)("a column whose type changes breaks no connection for good (%s)", async (driver) => {
  await using test = await createTestDatabase();
  const settings = { url: test.url, max: 1, applicationName: "test" };
  const pool = createPool(settings);
  const client = createDatabase(settings);
  const database = driver === "pg" ? poolDatabase(pool) : client;
  try {
    await test.database.query(sql`CREATE TABLE grown (id int PRIMARY KEY, amount int NOT NULL)`);
    await test.database.query(sql`INSERT INTO grown VALUES (1, 5)`);
    const ask = () => database.transaction((tx) => tx.query(sql`SELECT amount FROM grown WHERE id = ${1}`));
    for (let turn = 0; turn < 7; turn += 1) expect(await ask()).toEqual([{ amount: 5 }]);
    await test.database.query(sql`ALTER TABLE grown ALTER COLUMN amount TYPE bigint`);
    await expect(ask()).rejects.toThrow("cached plan must not change result type");
    expect(await ask()).toEqual([{ amount: 5 }]);
  } finally {
    await client.close();
    await pool.end();
  }
});
