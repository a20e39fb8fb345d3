/**
 * Registration: the same schema under the same subject again changes nothing; a new one must agree with the earlier
 * ones. Registrations of one subject wait for each other, so that of two at once the second is held against the first.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { canonicalSchema } from "./canonical.ts";
import type { CanonicalSchema } from "./canonical.ts";
import { levelOf } from "./compatibility-config.ts";
import { incompatibilities } from "./compatibility-level.ts";
import { IncompatibleSchemaError, RegistryError } from "./schema-registry.ts";
import { knownVersionsOf, versionsOf } from "./subjects.ts";
import type { RegisteredVersion } from "./subjects.ts";

/** Returns the schema's id. Throws `IncompatibleSchemaError`, or `RegistryError` 42201. */
export async function registerSchema(db: Database, subject: string, text: string): Promise<number> {
  const schema = canonicalSchema(text);
  return db.transaction(async (tx) => {
    await lockSubject(tx, subject);
    const versions = await versionsOf(tx, subject);
    const registered = versions.find(({ fingerprint }) => fingerprint === schema.fingerprint);
    if (registered !== undefined) return registered.id;
    const problems = incompatibilities(await levelOf(tx, subject), schema.type, toEarlier(versions));
    if (problems.length > 0) {
      throw new IncompatibleSchemaError(
        `Schema being registered is incompatible with an earlier schema for subject "${subject}": ${problems.join("; ")}`,
      );
    }
    const id = await keepSchema(tx, schema);
    await tx.query(sql`
      INSERT INTO schema_registry_versions (subject, version, schema_id)
      SELECT ${subject}, coalesce(max(version), 0) + 1, ${id} FROM schema_registry_versions WHERE subject = ${subject}`);
    return id;
  });
}

/** The version that a schema has under a subject. Throws `RegistryError` 40401, 40403 or 42201. */
export async function lookUpSchema(
  db: SqlExecutor,
  subject: string,
  text: string,
  withDeleted: boolean,
): Promise<RegisteredVersion> {
  const { fingerprint } = canonicalSchema(text);
  const versions = await knownVersionsOf(db, subject, withDeleted);
  const found = versions.findLast((version) => version.fingerprint === fingerprint);
  if (found === undefined) throw new RegistryError(40403, "Schema not found");
  return found;
}

export function toEarlier(versions: readonly RegisteredVersion[]) {
  return versions.map(({ version, schema }) => ({ version, type: canonicalSchema(schema).type }));
}

/** Held until the transaction ends. */
export async function lockSubject(tx: SqlExecutor, subject: string): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`schema_registry/${subject}`}, 0))`);
}

/** The id that the schema has already, under whatever subject, or a new one. */
async function keepSchema(tx: SqlExecutor, { text, fingerprint }: CanonicalSchema): Promise<number> {
  const find = sql`SELECT id FROM schema_registry_schemas WHERE fingerprint = ${fingerprint}`;
  const insert = sql`
    INSERT INTO schema_registry_schemas (schema, fingerprint) VALUES (${text}, ${fingerprint})
    ON CONFLICT (fingerprint) DO NOTHING RETURNING id`;
  for (const statement of [find, insert, find]) {
    const rows = await tx.query<{ id: number }>(statement);
    if (rows[0] !== undefined) return rows[0].id;
  }
  throw new Error(`the schema ${fingerprint} is neither there nor can it be kept`);
}
