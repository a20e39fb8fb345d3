/** Compatibility levels, for all subjects and for one; and the mode, which is always that of reading and writing. */
import { z } from "zod";
import { GLOBAL, levelOf, levelSetFor, setLevel, unsetLevel } from "./compatibility-config.ts";
import { COMPATIBILITY_DEFAULT, COMPATIBILITY_LEVELS, isCompatibilityLevel } from "./compatibility-level.ts";
import type { CompatibilityLevel } from "./compatibility-level.ts";
import { flag, readJson, subjectOf } from "./routes.ts";
import type { Call, Route } from "./routes.ts";
import { RegistryError } from "./schema-registry.ts";

const VALID_LEVELS = `valid values are ${COMPATIBILITY_LEVELS.join(", ")}`;

/** What else Confluent configures, such as `normalize` or `alias`, is refused and not passed over. */
const levelBody = z
  .object({ compatibility: z.string().toUpperCase().refine(isCompatibilityLevel, VALID_LEVELS) })
  .catchall(z.null("is not offered"));

export const configRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/config",
    answer: async (call) => ({ compatibilityLevel: await levelOf(call.db, GLOBAL) }),
  },
  { method: "PUT", path: "/config", answer: (call) => put(call, GLOBAL) },
  { method: "DELETE", path: "/config", answer: (call) => remove(call, GLOBAL, COMPATIBILITY_DEFAULT) },
  {
    method: "GET",
    path: "/config/{subject}",
    async answer(call) {
      const subject = subjectOf(call);
      const level = await (flag(call, "defaultToGlobal") ? levelOf : levelSetFor)(call.db, subject);
      return { compatibilityLevel: level ?? notSet(subject) };
    },
  },
  { method: "PUT", path: "/config/{subject}", answer: (call) => put(call, subjectOf(call)) },
  { method: "DELETE", path: "/config/{subject}", answer: (call) => remove(call, subjectOf(call)) },
  { method: "GET", path: "/mode", answer: async () => ({ mode: "READWRITE" }) },
  {
    method: "GET",
    path: "/mode/{subject}",
    async answer(call) {
      const subject = subjectOf(call);
      if (flag(call, "defaultToGlobal")) return { mode: "READWRITE" };
      throw new RegistryError(40409, `Subject '${subject}' does not have subject-level mode configured`);
    },
  },
];

async function put({ db, body }: Call, subject: string): Promise<unknown> {
  const parsed = levelBody.safeParse(readJson(body));
  if (!parsed.success) throw new RegistryError(42203, `Invalid compatibility level: ${z.prettifyError(parsed.error)}`);
  const { compatibility } = parsed.data;
  await setLevel(db, subject, compatibility);
  return { compatibility };
}

/** Answers with the level that was set. A subject without one is not found, other than when its level is read. */
async function remove({ db }: Call, subject: string, otherwise?: CompatibilityLevel): Promise<unknown> {
  const compatibilityLevel = (await levelSetFor(db, subject)) ?? otherwise;
  if (compatibilityLevel === undefined) throw new RegistryError(40401, `Subject '${subject}' not found.`);
  await unsetLevel(db, subject);
  return { compatibilityLevel };
}

function notSet(subject: string): never {
  throw new RegistryError(40408, `Subject '${subject}' does not have subject-level compatibility configured`);
}
