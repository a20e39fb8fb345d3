import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { describe, expect, it } from "vitest";
import { createPool, poolDatabase } from "./pool.ts";
import { sql } from "../sql.ts";
import type { Database } from "../sql.ts";

/** One connection, on which a transaction has been before, so that it knows BEGIN. */
async function onOneConnection(
  driver: "pg" | "prisma",
  work: (db: Database, test: TestDatabase) => Promise<void>,
): Promise<void> {
  await using test = await createTestDatabase();
  const settings = { url: test.url, max: 1, applicationName: "late begin" };
  const pool = createPool(settings);
  const client = createDatabase(settings);
  const db = driver === "pg" ? poolDatabase(pool) : client;
  try {
    await test.database.query(sql`CREATE TABLE note (id int PRIMARY KEY)`);
    await db.transaction((tx) => tx.query(sql`SELECT 1`));
    await work(db, test);
  } finally {
    await client.close();
    await pool.end();
  }
}

const notes = ({ database }: TestDatabase) => database.query(sql`SELECT id FROM note ORDER BY id`);
const write = (id: number) => sql`INSERT INTO note VALUES (${id})`;

describe.each(["pg", "prisma"] as const)("BEGIN with the first statement (%s)", (driver) => {
  it("has all statements in one transaction, the first among them, with values and without, read and written", () =>
    onOneConnection(driver, async (db, test) => {
      const which = () => sql`SELECT pg_current_xact_id()::text AS id, now()::text AS at`;
      const ids = await db.transaction(async (tx) => {
        const first = await tx.query(which());
        await tx.query(write(1));
        return [first, await tx.query(which())];
      });
      expect(ids[0]).toEqual(ids[1]);
      expect(ids[0]).toHaveLength(1);
      expect(await notes(test)).toEqual([{ id: 1 }]);
    }));

  it("undoes the first statement with the others", () =>
    onOneConnection(driver, async (db, test) => {
      const failing = db.transaction(async (tx) => {
        await tx.query(write(1));
        await tx.query(sql`SELECT 1 / 0`);
      });
      await expect(failing).rejects.toThrow("division by zero");
      await expect(db.transaction((tx) => tx.query(sql`SELECT nothing FROM nowhere`))).rejects.toThrow("nowhere");
      await db.transaction((tx) => tx.query(write(2)));
      expect(await notes(test)).toEqual([{ id: 2 }]);
    }));

  it("asks nothing where there is no statement, and leaves the connection outside of a transaction", () =>
    onOneConnection(driver, async (db, test) => {
      const last = () =>
        test.database.query(
          sql`SELECT state, state_change FROM pg_stat_activity WHERE application_name = 'late begin' AND pid <> pg_backend_pid()`,
        );
      const before = await last();
      expect(before).toMatchObject([{ state: "idle" }]);
      expect(await db.transaction(() => Promise.resolve("done"))).toBe("done");
      await expect(db.transaction(() => Promise.reject(new Error("not now")))).rejects.toThrow("not now");
      expect(await last()).toEqual(before);
      await db.query(write(1));
      expect(await notes(test)).toEqual([{ id: 1 }]);
    }));

  it("carries out no statement whose BEGIN failed, and goes on with another connection", () =>
    onOneConnection(driver, async (db, test) => {
      await db.query(sql`DEALLOCATE begin`);
      await expect(db.transaction((tx) => tx.query(write(1)))).rejects.toThrow("does not exist");
      expect(await notes(test)).toEqual([]);
      await db.transaction((tx) => tx.query(write(2)));
      expect(await notes(test)).toEqual([{ id: 2 }]);
    }));
});

it("several statements in one text come after a BEGIN of their own", async () => {
  await using test = await createTestDatabase();
  const pool = createPool({ url: test.url, max: 1, applicationName: "late begin" });
  const client = await pool.connect();
  try {
    for (let turn = 0; turn < 2; turn += 1) {
      await client.query("BEGIN");
      await client.query("CREATE TABLE one (id int); CREATE TABLE two (id int)");
      await client.query("ROLLBACK");
    }
    expect(await test.database.query(sql`SELECT to_regclass('one') AS one`)).toEqual([{ one: null }]);
  } finally {
    client.release();
    await pool.end();
  }
});
