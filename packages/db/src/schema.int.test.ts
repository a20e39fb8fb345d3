import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import pg from "pg";
import { describeSchema } from "./describe-schema.ts";
import { diffMigrationsToSchema, migrate } from "./migrate.ts";
import { readMigrations } from "./migrations/folder.ts";
import { createTestDatabase } from "./testing.ts";

const SCHEMA_FILE = join(import.meta.dirname, "../../../prisma/schema.sql");

const CHANGES_OF_HISTORY = ["events", "event_log", "audit"].flatMap((table) => [
  `UPDATE ${table} SET ${table === "audit" ? "reason" : "type"} = 'Other'`,
  `DELETE FROM ${table}`,
  `TRUNCATE ${table}`,
]);

async function signedIn(connectionString: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** Those statements of a committed migration that name the table. */
function statementsOf(migration: string, table: string): string {
  const found = readMigrations().migrationDirectories.find(({ path }) => path === migration);
  const script = found?.migrationFile.content.tag === "ok" ? found.migrationFile.content.value : "";
  return script
    .split(";\n")
    .filter((statement) => statement.includes(`"${table}"`))
    .join(";\n");
}

describe("the committed migrations", () => {
  test("would be found wrong if they missed a column", async () => {
    await using db = await createTestDatabase();
    await db.pool.query("ALTER TABLE customers DROP COLUMN name");
    expect(await diffMigrationsToSchema({ url: db.url })).toContain('ALTER TABLE "customers" ADD COLUMN');
  });

  test.for([
    "ALTER TABLE carts ADD COLUMN extra INT",
    "ALTER TABLE sales_by_day ALTER COLUMN orders TYPE BIGINT",
    "ALTER TABLE sales_by_day ALTER COLUMN orders SET DEFAULT 7",
    "ALTER TABLE rebuild.sales_by_day ALTER COLUMN units DROP NOT NULL",
    "ALTER TABLE rebuild.sales_by_day ADD CHECK (orders >= 0)",
    "ALTER TABLE rebuild.sales_by_day DROP CONSTRAINT sales_by_day_pkey",
    "CREATE INDEX ON orders (placed_at) WHERE placed_at > '2026-01-01'",
    "DROP TRIGGER events_append_only ON events",
    "CREATE OR REPLACE FUNCTION refuse_staff() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER TABLE outbox_events RESET (autovacuum_vacuum_threshold)",
    "CREATE VIEW extra AS SELECT 1 AS one",
  ])("would be found to differ from it after: %s", async (change) => {
    await using db = await createTestDatabase();
    await db.pool.query(change);
    expect(await describeSchema(db.database)).not.toBe(await readFile(SCHEMA_FILE, "utf8"));
  });

  test("apply once, even when several processes apply them", async () => {
    await using db = await createTestDatabase();
    const rounds = await Promise.all([migrate({ url: db.url }), migrate({ url: db.url })]);
    expect(rounds.flatMap(({ applied }) => applied)).toEqual([]);
    const { rows } = await db.pool.query<{ unfinished: number }>(
      "SELECT count(*) FILTER (WHERE finished_at IS NULL)::int AS unfinished FROM _prisma_migrations",
    );
    expect(rows).toEqual([{ unfinished: 0 }]);
  });
});

describe("a migration of what is there", () => {
  test("makes the keys of orders those of their intention: of two senders of one key the first keeps it", async () => {
    await using db = await createTestDatabase();
    const keyed = (scope: string, key: string, minute: number) =>
      db.pool.query(
        `INSERT INTO idempotency_keys (scope, key, fingerprint, status, owner, created_at, expires_at)
         VALUES ($1, $2, '', 'done', $1, timestamptz '2026-01-01' + $3 * interval '1 min', 'infinity')`,
        [scope, key, minute],
      );
    await keyed("checkout.placeOrder/guest", "twice", 1);
    await keyed("checkout.placeOrder/customer-1", "twice", 2);
    await keyed("checkout.placeOrder/customer-1", "once", 3);
    await keyed("credit.deposit/customer-1", "twice", 4);
    await db.pool.query(statementsOf("20261128170000_carts", "idempotency_keys"));
    const { rows } = await db.pool.query("SELECT scope, key, owner FROM idempotency_keys ORDER BY created_at");
    expect(rows).toEqual([
      { scope: "checkout.placeOrder", key: "twice", owner: "checkout.placeOrder/guest" },
      { scope: "checkout.placeOrder", key: "once", owner: "checkout.placeOrder/customer-1" },
      { scope: "credit.deposit/customer-1", key: "twice", owner: "credit.deposit/customer-1" },
    ]);
  });
});

describe("history", () => {
  test.for(CHANGES_OF_HISTORY)("refuses even its owner: %s", async (statement) => {
    await using db = await createTestDatabase();
    await expect(db.pool.query(statement)).rejects.toMatchObject({
      code: "55000",
      message: expect.stringContaining("is append-only"),
    });
  });

  test.for(CHANGES_OF_HISTORY)("refuses the role of the processes: %s", async (statement) => {
    await using db = await createTestDatabase();
    await using client = await signedIn(db.appUrl);
    await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

const LOGIN = "INSERT INTO auth_users (id, name, email, role) VALUES";

describe("the role of the processes", () => {
  test.for([
    "CREATE TABLE extra ()",
    "CREATE FUNCTION public.extra() RETURNS int LANGUAGE sql RETURN 1",
    "ALTER TABLE events DISABLE TRIGGER ALL",
    "DROP TRIGGER events_append_only ON events",
    "DROP TRIGGER audit_append_only ON audit",
    "DROP TRIGGER auth_users_staff_made ON auth_users",
    "ALTER TABLE audit DROP CONSTRAINT audit_bounded",
    "CREATE OR REPLACE FUNCTION refuse_staff() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '1', '1')",
    "UPDATE _prisma_migrations SET checksum = ''",
    "DELETE FROM _prisma_migrations",
    "TRUNCATE _prisma_migrations",
    "DELETE FROM graphile_worker.migrations",
    "UPDATE database_identity SET id = gen_random_uuid()",
    "TRUNCATE auth_users CASCADE",
    "TRUNCATE orders CASCADE",
    "DELETE FROM saga_actions",
    "INSERT INTO audit (at, actor, action, subject, reason, correlation_id) VALUES ('2020-01-01', 'a', 'a', 'a', 'a', 'a')",
    "UPDATE auth_users SET role = 'admin'",
    "UPDATE auth_users SET role = 'shopper' WHERE role = 'admin'",
    "UPDATE auth_users SET id = 'other'",
    "UPDATE auth_users SET email = 'eve@example.com' WHERE role = 'admin'",
    `${LOGIN} ('x', 'X', 'x@example.com', 'admin')`,
    `${LOGIN} ('x', 'X', 'x@example.com', 'viewer')`,
    `${LOGIN} ('ada', 'X', 'x@example.com', 'shopper') ON CONFLICT (id) DO UPDATE SET role = 'admin'`,
    "DELETE FROM auth_users WHERE role = 'admin'",
    "CREATE ROLE more SUPERUSER",
    "ALTER ROLE tillstream_app SUPERUSER",
    "SET ROLE tillstream",
  ])("may not: %s", async (statement) => {
    await using db = await createTestDatabase();
    await db.pool.query(`${LOGIN} ('ada', 'Ada', 'ada@example.com', 'admin')`);
    await using client = await signedIn(db.appUrl);
    await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
  });

  test("makes shoppers, renames anybody, removes shoppers, and writes what people did", async () => {
    await using db = await createTestDatabase();
    await db.pool.query(`${LOGIN} ('ada', 'Ada', 'ada@example.com', 'admin')`);
    await using client = await signedIn(db.appUrl);
    await client.query(`${LOGIN} ('sam', 'Sam', 'sam@example.com', 'shopper')`);
    await client.query("INSERT INTO auth_users (id, name, email) VALUES ('kim', 'Kim', 'kim@example.com')");
    await client.query("UPDATE auth_users SET name = name || '!', updated_at = now()");
    await client.query("UPDATE auth_users SET email = 'kit@example.com' WHERE id = 'kim'");
    await client.query("DELETE FROM auth_users WHERE id = 'sam'");
    await client.query(`
      INSERT INTO audit (actor, action, subject, reason, correlation_id) VALUES ('user:ada', 'a.b', 'c', 'd', 'e')`);
    expect((await client.query("SELECT name, role FROM auth_users ORDER BY id")).rows).toEqual([
      { name: "Ada!", role: "admin" },
      { name: "Kim!", role: "shopper" },
    ]);
  });
});

test("a row of the audit is small, no matter which role writes it", async () => {
  await using db = await createTestDatabase();
  const write = (reason: string, before: string) =>
    db.pool.query(
      "INSERT INTO audit (actor, action, subject, reason, before, correlation_id) VALUES ('a', 'b', 'c', $1, $2, 'd')",
      [reason, JSON.stringify(before)],
    );
  await write("why", "x".repeat(60_000));
  for (const row of [write("w".repeat(5_000), ""), write("why", "x".repeat(70_000))])
    await expect(row).rejects.toMatchObject({ constraint: "audit_bounded" });
});

test("stock below zero is refused", async () => {
  await using db = await createTestDatabase();
  await expect(
    db.pool.query(
      "ALTER TABLE stock DROP CONSTRAINT stock_sku_fkey; INSERT INTO stock (sku, available) VALUES ('x', -1)",
    ),
  ).rejects.toMatchObject({ constraint: "stock_available_not_negative" });
});

test("a pool client that is not given back fails the test", async () => {
  const db = await createTestDatabase();
  const client = await db.pool.connect();
  await expect(db[Symbol.asyncDispose]()).rejects.toThrow("1 pool client(s) leaked");
  client.release(true);
  await db.pool.end();
});
