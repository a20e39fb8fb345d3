/** Compatibility levels, for all subjects and for one; and the mode, which is always that of reading and writing. */
import { Hono } from "hono";
import { z } from "zod";
import { GLOBAL, levelOf, levelSetFor, setLevel, unsetLevel } from "./compatibility-config.ts";
import { COMPATIBILITY_DEFAULT, COMPATIBILITY_LEVELS, isCompatibilityLevel } from "./compatibility-level.ts";
import type { CompatibilityLevel } from "./compatibility-level.ts";
import { flag, readJson, reads, subjectOf, writes } from "./routes.ts";
import type { Call, RegistryEnv } from "./routes.ts";
import { RegistryError } from "./schema-registry.ts";

const VALID_LEVELS = `valid values are ${COMPATIBILITY_LEVELS.join(", ")}`;

/** What else Confluent configures, such as `normalize` or `alias`, is refused and not passed over. */
const levelBody = z
  .object({ compatibility: z.string().toUpperCase().refine(isCompatibilityLevel, VALID_LEVELS) })
  .catchall(z.null("is not offered"));

export const configRoutes = new Hono<RegistryEnv>()
  .get("/config", reads, async (call) => call.json({ compatibilityLevel: await levelOf(call.var.db, GLOBAL) }))
  .put("/config", writes, (call) => put(call, GLOBAL))
  .delete("/config", writes, (call) => remove(call, GLOBAL, COMPATIBILITY_DEFAULT))
  .get("/config/:subject", reads, async (call) => {
    const subject = subjectOf(call);
    const level = await (flag(call, "defaultToGlobal") ? levelOf : levelSetFor)(call.var.db, subject);
    return call.json({ compatibilityLevel: level ?? notSet(subject) });
  })
  .put("/config/:subject", writes, (call) => put(call, subjectOf(call)))
  .delete("/config/:subject", writes, (call) => remove(call, subjectOf(call)))
  .get("/mode", reads, (call) => call.json({ mode: "READWRITE" }))
  .get("/mode/:subject", reads, (call) => {
    const subject = subjectOf(call);
    if (flag(call, "defaultToGlobal")) return call.json({ mode: "READWRITE" });
    throw new RegistryError(40409, `Subject '${subject}' does not have subject-level mode configured`);
  });

async function put(call: Call, subject: string): Promise<Response> {
  const parsed = levelBody.safeParse(readJson(call.var.body));
  if (!parsed.success) throw new RegistryError(42203, `Invalid compatibility level: ${z.prettifyError(parsed.error)}`);
  const { compatibility } = parsed.data;
  await setLevel(call.var.db, subject, compatibility);
  return call.json({ compatibility });
}

/** Answers with the level that was set. A subject without one is not found, other than when its level is read. */
async function remove(call: Call, subject: string, otherwise?: CompatibilityLevel): Promise<Response> {
  const compatibilityLevel = (await levelSetFor(call.var.db, subject)) ?? otherwise;
  if (compatibilityLevel === undefined) throw new RegistryError(40401, `Subject '${subject}' not found.`);
  await unsetLevel(call.var.db, subject);
  return call.json({ compatibilityLevel });
}

function notSet(subject: string): never {
  throw new RegistryError(40408, `Subject '${subject}' does not have subject-level compatibility configured`);
}
