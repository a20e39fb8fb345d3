/**
 * Writes the migration that leads from the committed ones to what prisma/schema says now: Prisma's
 * own difference, taken offline on a throw-away server.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diffMigrationsToSchema, MIGRATIONS_FOLDER } from "@tillstream/db/migrate";
import { createTestDatabase } from "@tillstream/db/testing";
import { startTestServer } from "../../testing/test-server.ts";

const NAME = /^[a-z][a-z0-9_]{0,60}$/;

/** `20261124105700_add_gift_cards`: migrations apply in the order of their names. */
export function migrationFolderName(name: string, now: Date): string {
  if (!NAME.test(name)) throw new Error(`a migration's name is made of a to z, digits and underscores, not: ${name}`);
  const [instant = ""] = now.toISOString().split(".");
  return `${instant.replaceAll(/[-T:]/g, "")}_${name}`;
}

/** The path that was written, or undefined when migrations and schema agree. */
export async function writeNewMigration(name: string, now: Date = new Date()): Promise<string | undefined> {
  const folder = join(MIGRATIONS_FOLDER, migrationFolderName(name, now));
  await using server = await startTestServer();
  await using db = await createTestDatabase({ serverUrl: server.url });
  const sql = await diffMigrationsToSchema({ url: db.url });
  if (sql === "") return undefined;
  mkdirSync(folder);
  const path = join(folder, "migration.sql");
  writeFileSync(path, sql);
  return path;
}
