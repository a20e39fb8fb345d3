/**
 * Registration: the same schema under the same subject again changes nothing; a new one must agree with the earlier
 * ones. Registrations of one subject wait for each other, so that of two at once the second is checked against the first.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import { canonicalSchema, equalText } from "./canonical.ts";
import type { CanonicalSchema } from "./canonical.ts";
import { levelOf } from "./compatibility-config.ts";
import { incompatibilities } from "./compatibility-level.ts";
import { IncompatibleSchemaError, RegistryError } from "./schema-registry.ts";
import { knownVersionsOf, versionsOf } from "./subjects.ts";
import type { RegisteredVersion } from "./subjects.ts";

export interface SchemaRequest {
  readonly schema: string;
  /** Whether attributes and aliases are sorted first. */
  readonly normalize?: boolean;
  /** Which id and version a registration asks for; -1 as a version is the latest. */
  readonly id?: number | undefined;
  readonly version?: number | undefined;
}

/**
 * Returns the schema's id. Throws `IncompatibleSchemaError`; or `RegistryError` 42201 for an invalid schema and for a
 * version that is not the next, 42205 for an id that the schema does not have.
 */
export async function registerSchema(db: Database, subject: string, request: SchemaRequest): Promise<number> {
  const schema = canonicalSchema(request.schema, request.normalize);
  return db.transaction(async (tx) => {
    await lockSubject(tx, subject);
    const versions = await versionsOf(tx, subject);
    const registered = versionOf(schema, request.version === -1 ? versions.slice(-1) : versions);
    if (registered !== undefined && isAsked(registered, request)) return registered.id;
    if (request.id !== undefined) throw new RegistryError(42205, `Subject ${subject} is not in import mode`);
    const problems = incompatibilities(await levelOf(tx, subject), schema.type, versions);
    if (problems.length > 0) {
      throw new IncompatibleSchemaError(
        `Schema being registered is incompatible with an earlier schema for subject "${subject}": ${problems.join("; ")}`,
      );
    }
    return addVersion(tx, subject, schema, request.version);
  });
}

/** Confluent gives a version that is asked for to a schema only together with its id. */
function isAsked(registered: RegisteredVersion, { id, version = 0 }: SchemaRequest): boolean {
  if (version <= 0) return id === undefined || id === registered.id;
  return id === registered.id && version === registered.version;
}

/** Deleted versions of the same schema go: it is back. */
async function addVersion(tx: SqlExecutor, subject: string, schema: CanonicalSchema, asked = 0): Promise<number> {
  const [{ next } = { next: 1 }] = await tx.query<{ next: number }>(sql`
    SELECT coalesce(max(version), 0) + 1 AS next FROM schema_registry_versions WHERE subject = ${subject}`);
  if (asked > 0 && asked !== next) throw new RegistryError(42201, "Version is not one more than previous version");
  const id = await keepSchema(tx, schema);
  await tx.query(sql`
    INSERT INTO schema_registry_versions (subject, version, schema_id) VALUES (${subject}, ${next}, ${id})`);
  await tx.query(sql`
    DELETE FROM schema_registry_versions WHERE subject = ${subject} AND schema_id = ${id} AND deleted`);
  return id;
}

/** The version that a schema has under a subject. Throws `RegistryError` 40401, 40403 or 42201. */
export async function lookUpSchema(
  db: SqlExecutor,
  subject: string,
  { schema, normalize }: SchemaRequest,
  withDeleted: boolean,
): Promise<RegisteredVersion> {
  const sought = canonicalSchema(schema, normalize);
  const found = versionOf(sought, await knownVersionsOf(db, subject, withDeleted));
  if (found === undefined) throw new RegistryError(40403, "Schema not found");
  return found;
}

/** The latest version with the same text, or with one of an equal schema. */
function versionOf(schema: CanonicalSchema, versions: readonly RegisteredVersion[]): RegisteredVersion | undefined {
  const same = versions.findLast(({ fingerprint }) => fingerprint === schema.fingerprint);
  if (same !== undefined) return same;
  const sought = equalText(schema.text);
  return versions.findLast((version) => equalText(version.schema) === sought);
}

/** Held until the transaction ends. */
export async function lockSubject(tx: SqlExecutor, subject: string): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`schema_registry/${subject}`}, 0))`);
}

/** The id that the schema has already, under any subject, or a new one. */
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
