/** Subjects and their versions. A deleted version keeps its number, and its schema stays readable by id until it is taken away for good. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { unsetLevel } from "./compatibility-config.ts";
import { RegistryError } from "./schema-registry.ts";

export interface RegisteredVersion {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  readonly schema: string;
  readonly fingerprint: string;
  readonly deleted: boolean;
}

/** At most this many subjects or versions in one answer. */
const ANSWER_MAX = 10_000;

/** `latest` is the newest that is not deleted. */
export type VersionNumber = number | "latest";

/** Those that are not deleted, those that are, or both. */
export type Shown = "live" | "deleted" | "all";

/** A subject is live as long as one of its versions is. */
export async function listSubjects(db: SqlExecutor, prefix: string, shown: Shown): Promise<string[]> {
  const rows = await db.query<{ subject: string }>(sql`
    SELECT subject FROM schema_registry_versions WHERE starts_with(subject, ${prefix}) GROUP BY subject
    HAVING ${shown === "all"} OR bool_and(deleted) = ${shown === "deleted"}
    ORDER BY subject LIMIT ${ANSWER_MAX}`);
  return rows.map(({ subject }) => subject);
}

/** In the order of their numbers; empty when the subject is not known. */
export async function versionsOf(db: SqlExecutor, subject: string, withDeleted = false): Promise<RegisteredVersion[]> {
  return db.query<RegisteredVersion>(sql`
    SELECT subject, version, schema_id AS id, schema, fingerprint, deleted
    FROM schema_registry_versions JOIN schema_registry_schemas ON id = schema_id
    WHERE subject = ${subject} AND (${withDeleted} OR NOT deleted) ORDER BY version LIMIT ${ANSWER_MAX}`);
}

/** Like `versionsOf`, but throws `RegistryError` 40401 when it has none. */
export async function knownVersionsOf(
  db: SqlExecutor,
  subject: string,
  withDeleted = false,
): Promise<RegisteredVersion[]> {
  const versions = await versionsOf(db, subject, withDeleted);
  if (versions.length === 0) throw new RegistryError(40401, `Subject '${subject}' not found.`);
  return versions;
}

/** Throws `RegistryError` 40401 or 40402. */
export async function findVersion(
  db: SqlExecutor,
  subject: string,
  wanted: VersionNumber,
  withDeleted = false,
): Promise<RegisteredVersion> {
  return pickVersion(await knownVersionsOf(db, subject, withDeleted), wanted);
}

/** Throws `RegistryError` 40402. */
export function pickVersion(versions: readonly RegisteredVersion[], wanted: VersionNumber): RegisteredVersion {
  const found =
    wanted === "latest"
      ? versions.findLast(({ deleted }) => !deleted)
      : versions.find(({ version }) => version === wanted);
  if (found === undefined) throw new RegistryError(40402, `Version ${wanted} not found.`);
  return found;
}

/** A schema that has no version any more is gone; the same schema has its id again when it comes back. Throws `RegistryError` 40403. */
export async function schemaById(db: SqlExecutor, id: number): Promise<string> {
  const rows = await db.query<{ schema: string }>(sql`
    SELECT schema FROM schema_registry_schemas
    WHERE id = ${id} AND EXISTS (SELECT FROM schema_registry_versions WHERE schema_id = ${id})`);
  const schema = rows[0]?.schema;
  if (schema === undefined) throw new RegistryError(40403, `Schema ${id} not found`);
  return schema;
}

/** Where a schema is registered. Throws `RegistryError` 40403. */
export async function usesOf(
  db: SqlExecutor,
  id: number,
  withDeleted: boolean,
): Promise<{ subject: string; version: number }[]> {
  await schemaById(db, id);
  return db.query(sql`
    SELECT subject, version FROM schema_registry_versions WHERE schema_id = ${id} AND (${withDeleted} OR NOT deleted)
    ORDER BY subject, version LIMIT ${ANSWER_MAX}`);
}

/** Marks versions as deleted, or takes those that are marked away for good, and with the last of a subject its level. */
export async function removeVersions(
  db: SqlExecutor,
  subject: string,
  versions: readonly number[],
  permanently: boolean,
): Promise<void> {
  const these = sql`subject = ${subject} AND version = ANY(${versions}::int[])`;
  if (!permanently) {
    await db.query(sql`UPDATE schema_registry_versions SET deleted = true WHERE ${these}`);
    return;
  }
  await db.query(sql`DELETE FROM schema_registry_versions WHERE ${these} AND deleted`);
  if ((await versionsOf(db, subject, true)).length === 0) await unsetLevel(db, subject);
}
