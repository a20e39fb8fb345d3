/** What the routes of the registry's API have in common: how a request is read, and which codes say that it cannot be. */
import type { Database } from "@tillstream/runtime";
import { z } from "zod";
import type { SchemaRequest } from "./register.ts";
import { RegistryError } from "./schema-registry.ts";
import type { VersionNumber } from "./subjects.ts";

export interface Call {
  readonly db: Database;
  readonly query: URLSearchParams;
  readonly body: string;
  /** Of the placeholders in the path, in order. */
  readonly values: readonly string[];
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** A POST that changes nothing. */
  readonly asks?: true;
  /** Resolves to the answer's body; throws `RegistryError` for a refusal. */
  answer(call: Call): Promise<unknown>;
}

const SUBJECT_LENGTH_MAX = 255;
const INT_MAX = 2 ** 31 - 1;

const notOffered = z.null("is not offered").optional();

const schemaBody = z.object({
  schema: z.string(),
  schemaType: z.string().nullish(),
  references: z.array(z.unknown()).max(0, "references between schemas are not offered").nullish(),
  id: z.int().max(INT_MAX).nullish(),
  version: z.int().min(-1).max(INT_MAX).nullish(),
  metadata: notOffered,
  ruleSet: notOffered,
  schemaTagsToAdd: notOffered,
  schemaTagsToRemove: notOffered,
});

export function subjectOf({ values: [subject = ""] }: Call): string {
  // Control characters among them: Postgres cannot store a NUL.
  if (subject === "" || subject.length > SUBJECT_LENGTH_MAX || /\p{Cc}/u.test(subject))
    throw new RegistryError(42208, `The specified subject '${subject.slice(0, SUBJECT_LENGTH_MAX)}' is not a valid.`);
  return subject;
}

export function versionOf({ values: [, version = ""] }: Call): VersionNumber {
  if (version.toLowerCase() === "latest" || version === "-1") return "latest";
  const number = /^\d{1,10}$/.test(version) ? Number(version) : 0;
  if (number >= 1 && number <= INT_MAX) return number;
  throw new RegistryError(
    42202,
    `The specified version '${version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"`,
  );
}

/** An id that cannot be is an id that is not there. */
export function idOf({ values: [id = ""] }: Call): number {
  if (/^\d{1,10}$/.test(id) && Number(id) <= INT_MAX) return Number(id);
  throw new RegistryError(40403, `Schema ${id} not found`);
}

/** In any case of letters: Confluent's client for Python says `True`. */
export function flag({ query }: Call, name: string): boolean {
  return query.get(name)?.toLowerCase() === "true";
}

/** Of a list, what `offset` and `limit` leave; a limit that is none leaves all. */
export function pageOf<One>({ query }: Call, list: readonly One[]): readonly One[] {
  const [offset, limit] = ["offset", "limit"].map((name) => Math.max(Math.trunc(Number(query.get(name))) || 0, 0));
  return list.slice(offset, limit === 0 ? undefined : (offset ?? 0) + (limit ?? 0));
}

export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RegistryError(400, "the body is not JSON");
  }
}

/** The schema's text, and what is asked of it. Throws `RegistryError` 42201 for what is no Avro schema by its own account. */
export function schemaOf(call: Call): SchemaRequest {
  const parsed = schemaBody.safeParse(readJson(call.body));
  if (!parsed.success) throw new RegistryError(42201, `Invalid schema: ${z.prettifyError(parsed.error)}`);
  const { schema, schemaType, id, version } = parsed.data;
  if ((schemaType ?? "AVRO") !== "AVRO")
    throw new RegistryError(42201, `Invalid schema type ${schemaType}: schemas are AVRO here`);
  const asked = { id: (id ?? -1) < 0 ? undefined : (id ?? undefined), version: version ?? undefined };
  return { schema, normalize: flag(call, "normalize"), ...asked };
}
