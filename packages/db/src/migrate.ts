/**
 * Brings a database to the committed migrations, as `prisma migrate deploy` does and with the same
 * bookkeeping, but offline. Safe to call from several starters at once: an advisory lock lets one
 * migrate, and the others find nothing left to do.
 */
import { dirname } from "node:path";
import pg from "pg";
import type { Logger } from "@tillstream/runtime";
import { withSchemaEngine } from "./migrations/engine.ts";
import { MIGRATIONS_FOLDER, readMigrations, readSchema } from "./migrations/folder.ts";
import { assertOwnSessions, executor, explainPooler } from "@tillstream/runtime/postgres";

export { ensureAppRole } from "./migrations/app-role.ts";
export { MIGRATIONS_FOLDER } from "./migrations/folder.ts";

/** Any constant will do; all starters must use the same one. */
const MIGRATION_LOCK = 7_145_120_711;
const LOCK_TIMEOUT_MS = 120_000;
const NO_FILTER = { externalTables: [], externalEnums: [] };

export interface MigrateOptions {
  /** The owner's URL. */
  readonly url: string;
  readonly logger?: Logger;
  /** Migrations that other packages bring, such as the job queue's; run under the same lock. */
  readonly after?: readonly ((url: string) => Promise<void>)[];
}

async function underLock<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    lock_timeout: LOCK_TIMEOUT_MS,
    application_name: "tillstream-migrate",
  });
  await client.connect().catch((error: unknown) => {
    throw explainPooler(error);
  });
  try {
    await assertOwnSessions(executor(client), "lock_timeout", LOCK_TIMEOUT_MS);
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await work();
  } finally {
    await client.end(); // which also releases the lock
  }
}

/** Applies what is missing; `applied` names it, in order. Rejects when a migration fails, and it is rolled back. */
export async function migrate({ url, logger, after = [] }: MigrateOptions): Promise<{ applied: string[] }> {
  return underLock(url, async () => {
    const { appliedMigrationNames: applied } = await withSchemaEngine(url, readSchema(), (engine) =>
      engine.applyMigrations({ migrationsList: readMigrations(), filters: NO_FILTER }),
    );
    for (const step of after) await step(url);
    logger?.info({ applied }, applied.length === 0 ? "the database is up to date" : "migrated the database");
    return { applied };
  });
}

/**
 * The SQL that would turn the database at `url`, migrated before, into what prisma/schema says.
 * Empty when they agree. What Prisma cannot express (triggers, checks, expression and partial
 * indexes) is not compared.
 */
export async function diffMigrationsToSchema({ url }: { readonly url: string }): Promise<string> {
  const schema = readSchema();
  const { stdout } = await withSchemaEngine(url, schema, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", ...schema, configDir: dirname(MIGRATIONS_FOLDER) },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    }),
  );
  return /^\s*(-- This is an empty migration\.)?\s*$/.test(stdout ?? "") ? "" : (stdout ?? "");
}
