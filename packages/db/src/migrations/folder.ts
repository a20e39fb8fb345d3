/** The committed migrations and the Prisma schema, as the schema engine takes them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList, SchemasContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
export const MIGRATIONS_FOLDER = join(ROOT, "prisma", "migrations");
const SCHEMA_FOLDER = join(ROOT, "prisma", "schema");
const LOCKFILE = "migration_lock.toml";
const SCRIPT = "migration.sql";

/** All migrations in the order of their names, which begin with their time. */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): MigrationList {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return {
    baseDir: folder,
    lockfile: { path: LOCKFILE, content: readFileSync(join(folder, LOCKFILE), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: { path: SCRIPT, content: { tag: "ok", value: readFileSync(join(folder, name, SCRIPT), "utf8") } },
    })),
  };
}

export function readSchema(folder: string = SCHEMA_FOLDER): SchemasContainer {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .toSorted();
  return {
    files: names.map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), "utf8") })),
  };
}
