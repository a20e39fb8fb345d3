/** The compatibility level that is set for a subject, or for all that have none of their own. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { COMPATIBILITY_DEFAULT } from "./compatibility-level.ts";
import type { CompatibilityLevel } from "./compatibility-level.ts";

/** The subject of the level that applies to all. */
export const GLOBAL = "";

/** What is set for exactly this subject. */
export async function levelSetFor(db: SqlExecutor, subject: string): Promise<CompatibilityLevel | undefined> {
  const rows = await db.query<{ compatibility: CompatibilityLevel }>(
    sql`SELECT compatibility FROM schema_registry_config WHERE subject = ${subject}`,
  );
  return rows[0]?.compatibility;
}

/** The level that applies to the subject. */
export async function levelOf(db: SqlExecutor, subject: string): Promise<CompatibilityLevel> {
  return (await levelSetFor(db, subject)) ?? (await levelSetFor(db, GLOBAL)) ?? COMPATIBILITY_DEFAULT;
}

export async function setLevel(db: SqlExecutor, subject: string, level: CompatibilityLevel): Promise<void> {
  await db.query(sql`
    INSERT INTO schema_registry_config (subject, compatibility) VALUES (${subject}, ${level})
    ON CONFLICT (subject) DO UPDATE SET compatibility = excluded.compatibility`);
}

export async function unsetLevel(db: SqlExecutor, subject: string): Promise<void> {
  await db.query(sql`DELETE FROM schema_registry_config WHERE subject = ${subject}`);
}
