import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { expect, it } from "vitest";
import { createPool, poolDatabase } from "./pool.ts";
import { anyLength, sql } from "../sql.ts";

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

it("one plan serves arrays of all lengths, where the planner does not see them", async () => {
  await using test = await createTestDatabase();
  const pool = createPool({ url: test.url, max: 1, applicationName: "test" });
  try {
    const { query } = poolDatabase(pool);
    await query(sql`CREATE TABLE thing (code text PRIMARY KEY, maker int NOT NULL)`);
    await query(sql`CREATE TABLE maker (id int PRIMARY KEY)`);
    await query(sql`INSERT INTO maker SELECT generate_series(1, 2000)`);
    await query(sql`INSERT INTO thing SELECT n::text, n FROM generate_series(1, 2000) AS n`);
    await query(sql`ANALYZE thing, maker`);
    const codes = ["1", "2"];
    const ask = { seen: sql`${codes}::text[]`, hidden: anyLength(sql`${codes}::text[]`) };
    const custom = async (array: typeof ask.seen) => {
      const statement = sql`SELECT code FROM thing JOIN maker ON maker.id = thing.maker WHERE code = ANY(${array}) ORDER BY code`;
      for (let turn = 0; turn < 20; turn += 1) expect(await query(statement)).toEqual([{ code: "1" }, { code: "2" }]);
      const [plans] = await query<{ custom: number }>(sql`
        SELECT custom_plans AS custom FROM pg_prepared_statements WHERE statement = ${statement.text}`);
      return plans?.custom;
    };
    expect([await custom(ask.seen), await custom(ask.hidden)]).toEqual([19, 5]); // the first time it is not prepared
  } finally {
    await pool.end();
  }
});
