/** Registering, reading and deleting the versions of a subject, and asking whether a schema would be taken. */
import { Hono } from "hono";
import { parseExactly } from "../schema/exact-json.ts";
import { canonicalSchema } from "./canonical.ts";
import { levelOf } from "./compatibility-config.ts";
import { incompatibilities } from "./compatibility-level.ts";
import type { CompatibilityLevel } from "./compatibility-level.ts";
import { lockSubject, lookUpSchema, registerSchema } from "./register.ts";
import type { SchemaRequest } from "./register.ts";
import { flag, pageOf, reads, schemaOf, subjectOf, versionOf, writes } from "./routes.ts";
import type { Call, RegistryEnv } from "./routes.ts";
import { RegistryError } from "./schema-registry.ts";
import { findVersion, knownVersionsOf, listSubjects, pickVersion, removeVersions, versionsOf } from "./subjects.ts";
import type { RegisteredVersion, Shown } from "./subjects.ts";

const shown = ({ subject, version, id, schema }: RegisteredVersion) => ({ subject, version, id, schema });

const versionCalled = (call: Call) => findVersion(call.var.db, subjectOf(call), versionOf(call), flag(call, "deleted"));

export const subjectRoutes = new Hono<RegistryEnv>()
  .get("/subjects", reads, async (call) => {
    const subjects = await listSubjects(call.var.db, call.req.query("subjectPrefix") ?? "", shownOf(call));
    return call.json(pageOf(call, subjects));
  })
  .post("/subjects/:subject", reads, async (call) => {
    const found = await lookUpSchema(call.var.db, subjectOf(call), schemaOf(call), flag(call, "deleted"));
    return call.json(shown(found));
  })
  .delete("/subjects/:subject", writes, async (call) => call.json(await deleteSubject(call)))
  .get("/subjects/:subject/versions", reads, async (call) => {
    const which = shownOf(call);
    const versions = await knownVersionsOf(call.var.db, subjectOf(call), which !== "live");
    const listed = versions.filter(({ deleted }) => deleted || which !== "deleted");
    return call.json(pageOf(call, listed).map(({ version }) => version));
  })
  .post("/subjects/:subject/versions", writes, async (call) =>
    call.json({ id: await registerSchema(call.var.db, subjectOf(call), schemaOf(call)) }),
  )
  .get("/subjects/:subject/versions/:version", reads, async (call) => call.json(shown(await versionCalled(call))))
  .get("/subjects/:subject/versions/:version/schema", reads, async (call) =>
    Response.json(parseExactly((await versionCalled(call)).schema)),
  )
  .get("/subjects/:subject/versions/:version/referencedby", reads, async (call) => {
    await findVersion(call.var.db, subjectOf(call), versionOf(call), true);
    return call.json([]); // no schema refers to another here
  })
  .delete("/subjects/:subject/versions/:version", writes, async (call) => call.json(await deleteVersion(call)))
  .post("/compatibility/subjects/:subject/versions/:version", reads, async (call) =>
    verdict(call, await heldAgainst(call)),
  )
  .post("/compatibility/subjects/:subject/versions", reads, async (call) =>
    verdict(call, await versionsOf(call.var.db, subjectOf(call))),
  );

/** The version to check against, if there is one: the first schema of a subject is always compatible. */
async function heldAgainst(call: Call): Promise<readonly RegisteredVersion[]> {
  const versions = await versionsOf(call.var.db, subjectOf(call));
  const wanted = versionOf(call);
  return wanted === "latest" ? versions.slice(-1) : [pickVersion(versions, wanted)];
}

/** Which versions are listed; only the deleted ones, when a call asks for these and for all at once. */
function shownOf(call: Call): Shown {
  if (flag(call, "deletedOnly")) return "deleted";
  return flag(call, "deleted") ? "all" : "live";
}

async function verdict(call: Call, versions: readonly RegisteredVersion[]): Promise<Response> {
  const level = await levelOf(call.var.db, subjectOf(call));
  const verbose = flag(call, "verbose");
  const messages = against(level, schemaOf(call), versions, verbose);
  return call.json({ is_compatible: messages.length === 0, ...(verbose && { messages }) });
}

/** A verbose answer says why a schema is invalid, in place of a refusal. */
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
async function deleteSubject(call: Call): Promise<number[]> {
  const subject = subjectOf(call);
  const permanently = flag(call, "permanent");
  return call.var.db.transaction(async (tx) => {
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

async function deleteVersion(call: Call): Promise<number> {
  const subject = subjectOf(call);
  const wanted = versionOf(call);
  const permanently = flag(call, "permanent");
  return call.var.db.transaction(async (tx) => {
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
