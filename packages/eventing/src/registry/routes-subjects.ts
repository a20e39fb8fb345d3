/** Registering, reading and deleting the versions of a subject, and asking whether a schema would be taken. */
import { parseExactly } from "../schema/exact-json.ts";
import { canonicalSchema } from "./canonical.ts";
import { levelOf } from "./compatibility-config.ts";
import { incompatibilities } from "./compatibility-level.ts";
import type { CompatibilityLevel } from "./compatibility-level.ts";
import { lockSubject, lookUpSchema, registerSchema } from "./register.ts";
import type { SchemaRequest } from "./register.ts";
import { flag, pageOf, schemaOf, subjectOf, versionOf } from "./routes.ts";
import type { Call, Route } from "./routes.ts";
import { RegistryError } from "./schema-registry.ts";
import { findVersion, knownVersionsOf, listSubjects, pickVersion, removeVersions, versionsOf } from "./subjects.ts";
import type { RegisteredVersion, Shown } from "./subjects.ts";

const shown = ({ subject, version, id, schema }: RegisteredVersion) => ({ subject, version, id, schema });

const versionCalled = (call: Call) => findVersion(call.db, subjectOf(call), versionOf(call), flag(call, "deleted"));

export const subjectRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/subjects",
    answer: async (call) =>
      pageOf(call, await listSubjects(call.db, call.query.get("subjectPrefix") ?? "", shownOf(call))),
  },
  {
    method: "POST",
    path: "/subjects/{subject}",
    asks: true,
    answer: async (call) => shown(await lookUpSchema(call.db, subjectOf(call), schemaOf(call), flag(call, "deleted"))),
  },
  { method: "DELETE", path: "/subjects/{subject}", answer: deleteSubject },
  {
    method: "GET",
    path: "/subjects/{subject}/versions",
    async answer(call) {
      const which = shownOf(call);
      const versions = await knownVersionsOf(call.db, subjectOf(call), which !== "live");
      const listed = versions.filter(({ deleted }) => deleted || which !== "deleted");
      return pageOf(call, listed).map(({ version }) => version);
    },
  },
  {
    method: "POST",
    path: "/subjects/{subject}/versions",
    answer: async (call) => ({ id: await registerSchema(call.db, subjectOf(call), schemaOf(call)) }),
  },
  {
    method: "GET",
    path: "/subjects/{subject}/versions/{version}",
    answer: async (call) => shown(await versionCalled(call)),
  },
  {
    method: "GET",
    path: "/subjects/{subject}/versions/{version}/schema",
    answer: async (call) => parseExactly((await versionCalled(call)).schema),
  },
  {
    method: "GET",
    path: "/subjects/{subject}/versions/{version}/referencedby",
    async answer(call) {
      await findVersion(call.db, subjectOf(call), versionOf(call), true);
      return []; // no schema refers to another here
    },
  },
  { method: "DELETE", path: "/subjects/{subject}/versions/{version}", answer: deleteVersion },
  {
    method: "POST",
    path: "/compatibility/subjects/{subject}/versions/{version}",
    asks: true,
    answer: async (call) => verdict(call, await heldAgainst(call)),
  },
  {
    method: "POST",
    path: "/compatibility/subjects/{subject}/versions",
    asks: true,
    answer: async (call) => verdict(call, await versionsOf(call.db, subjectOf(call))),
  },
];

/** The version to be held against, if it is there: no schema speaks against the first of a subject. */
async function heldAgainst(call: Call): Promise<readonly RegisteredVersion[]> {
  const versions = await versionsOf(call.db, subjectOf(call));
  const wanted = versionOf(call);
  return wanted === "latest" ? versions.slice(-1) : [pickVersion(versions, wanted)];
}

/** Which versions are listed; only the deleted ones, when a call asks for these and for all at once. */
function shownOf(call: Call): Shown {
  if (flag(call, "deletedOnly")) return "deleted";
  return flag(call, "deleted") ? "all" : "live";
}

async function verdict(call: Call, versions: readonly RegisteredVersion[]): Promise<unknown> {
  const level = await levelOf(call.db, subjectOf(call));
  const verbose = flag(call, "verbose");
  const messages = against(level, schemaOf(call), versions, verbose);
  return { is_compatible: messages.length === 0, ...(verbose && { messages }) };
}

/** A verbose answer says of a schema that is none why, in place of a refusal. */
function against(
  level: CompatibilityLevel,
  { schema }: SchemaRequest,
  versions: readonly RegisteredVersion[],
  verbose: boolean,
): readonly string[] {
  try {
    return incompatibilities(level, canonicalSchema(schema).type, versions);
  } catch (error) {
    if (verbose && error instanceof RegistryError) return [error.message];
    throw error;
  }
}

/** All versions: marked first, and only then, by `permanent`, taken away. */
async function deleteSubject(call: Call): Promise<unknown> {
  const subject = subjectOf(call);
  const permanently = flag(call, "permanent");
  return call.db.transaction(async (tx) => {
    await lockSubject(tx, subject);
    const versions = await knownVersionsOf(tx, subject, true);
    const live = versions.filter(({ deleted }) => !deleted);
    if (permanently && live.length > 0)
      throw new RegistryError(40405, `Subject '${subject}' was not deleted first before being permanently deleted`);
    if (!permanently && live.length === 0)
      throw new RegistryError(40404, `Subject '${subject}' was soft deleted. Set permanent=true to delete permanently`);
    const numbers = (permanently ? versions : live).map(({ version }) => version);
    await removeVersions(tx, subject, numbers, permanently);
    return numbers;
  });
}

async function deleteVersion(call: Call): Promise<unknown> {
  const subject = subjectOf(call);
  const wanted = versionOf(call);
  const permanently = flag(call, "permanent");
  return call.db.transaction(async (tx) => {
    await lockSubject(tx, subject);
    const { version, deleted } = await findVersion(tx, subject, wanted, wanted !== "latest");
    const named = `Subject '${subject}' Version ${version}`;
    if (permanently && !deleted)
      throw new RegistryError(40407, `${named} was not deleted first before being permanently deleted`);
    if (!permanently && deleted)
      throw new RegistryError(40406, `${named} was soft deleted. Set permanent=true to delete permanently`);
    await removeVersions(tx, subject, [version], permanently);
    return version;
  });
}
