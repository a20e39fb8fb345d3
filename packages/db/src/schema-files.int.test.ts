/** The committed migrations give what is written elsewhere. Accept a change: `npm test -- --project integration db/src/schema-files --update-snapshots`. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { describeSchema } from "./describe-schema.ts";
import { diffMigrationsToSchema } from "./migrate.ts";
import { readSchema } from "./migrations/folder.ts";
import { createTestDatabase } from "./testing.ts";

const SCHEMA_FILE = join(import.meta.dirname, "../../../prisma/schema.sql");

/** The kernel's part, for projects that have nothing else of ours. */
const KERNEL_FILE = join(import.meta.dirname, "../../eventing/schema.sql");
const KERNEL_MODELS = ["eventing.prisma", "event-versions.prisma", "schema-registry.prisma"];
const FIRST_ROWS = `
INSERT INTO event_log_head (id, position) VALUES (0, 0);

INSERT INTO event_version_head (id, position) VALUES (0, 0);

INSERT INTO database_identity DEFAULT VALUES;

CREATE SCHEMA rebuild;
`;
const kernelTables = () =>
  readSchema()
    .files.filter(({ path }) => KERNEL_MODELS.includes(basename(path)))
    .flatMap(({ content }) => Array.from(content.matchAll(/@@map\("(\w+)"\)/g), ([, table = ""]) => table));

test("the committed migrations give exactly the tables of prisma/schema", async () => {
  await using db = await createTestDatabase();
  expect(await diffMigrationsToSchema({ url: db.url })).toBe("");
});

test("the committed migrations give exactly prisma/schema.sql", async () => {
  await using db = await createTestDatabase();
  await expect(await describeSchema(db.database)).toMatchFileSnapshot(SCHEMA_FILE);
});

test("the committed migrations give the kernel its tables as packages/eventing/schema.sql does, which runs on an empty database", async () => {
  await using db = await createTestDatabase();
  await using empty = await createTestDatabase({ isEmpty: true });
  const tables = await describeSchema(db.database, kernelTables());
  await expect(tables + FIRST_ROWS).toMatchFileSnapshot(KERNEL_FILE);
  await empty.pool.query(await readFile(KERNEL_FILE, "utf8"));
  expect(await describeSchema(empty.database)).toBe(tables);
  for (const table of kernelTables()) {
    const { rows } = await empty.pool.query(`SELECT count(*)::int AS count FROM ${table}`);
    expect([table, rows]).toEqual([table, (await db.pool.query(`SELECT count(*)::int AS count FROM ${table}`)).rows]);
  }
});
