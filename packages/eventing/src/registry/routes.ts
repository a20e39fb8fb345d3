/** What the routes of the registry's API have in common: how a request is read, and which codes say that it cannot be. */
import type { Database, HttpEnv } from "@tillstream/runtime";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { checkWriter } from "./access.ts";
import { REGISTRY_CONTENT_TYPE } from "./http-registry.ts";
import type { SchemaRequest } from "./register.ts";
import { RegistryError } from "./schema-registry.ts";
import type { VersionNumber } from "./subjects.ts";

export interface RegistryEnv extends HttpEnv {
  readonly Variables: {
    readonly db: Database;
    /** `user:password` of those who write from another machine. */
    readonly login: string | undefined;
    readonly body: string;
  };
}

export type Call = Context<RegistryEnv>;

/** Of a body. Without any, as a page in a browser can send it unasked, it is refused. */
const CONTENT_TYPES: readonly string[] = [
  REGISTRY_CONTENT_TYPE,
  "application/vnd.schemaregistry+json",
  "application/json",
  "application/octet-stream",
];

/** In front of a route that changes nothing, also when it is a POST. */
export const reads = createMiddleware<RegistryEnv>(async (call, next) => {
  const [contentType = ""] = (call.req.header("content-type") ?? "").split(";");
  if (call.var.body !== "" && !CONTENT_TYPES.includes(contentType.trim().toLowerCase()))
    throw new RegistryError(415, "HTTP 415 Unsupported Media Type");
  await next();
});

/** In front of a route that changes what is registered. */
export const writes = createMiddleware<RegistryEnv>((call, next) => {
  checkWriter(call.env.incoming, call.var.login);
  return reads(call, next);
});

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

export function subjectOf(call: Call): string {
  const subject = call.req.param("subject") ?? "";
  // Control characters among them: Postgres cannot store a NUL.
  if (subject === "" || subject.length > SUBJECT_LENGTH_MAX || /\p{Cc}/u.test(subject))
    throw new RegistryError(42208, `The specified subject '${subject.slice(0, SUBJECT_LENGTH_MAX)}' is not a valid.`);
  return subject;
}

export function versionOf(call: Call): VersionNumber {
  const version = call.req.param("version") ?? "";
  if (version.toLowerCase() === "latest" || version === "-1") return "latest";
  const number = /^\d{1,10}$/.test(version) ? Number(version) : 0;
  if (number >= 1 && number <= INT_MAX) return number;
  throw new RegistryError(
    42202,
    `The specified version '${version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"`,
  );
}

/** An id that cannot be is an id that is not there. */
export function idOf(call: Call): number {
  const id = call.req.param("id") ?? "";
  if (/^\d{1,10}$/.test(id) && Number(id) <= INT_MAX) return Number(id);
  throw new RegistryError(40403, `Schema ${id} not found`);
}

/** In any case of letters: Confluent's client for Python says `True`. */
export function flag({ req }: Call, name: string): boolean {
  return req.query(name)?.toLowerCase() === "true";
}

/** Of a list, what `offset` and `limit` leave; an invalid limit leaves all. */
export function pageOf<One>({ req }: Call, list: readonly One[]): readonly One[] {
  const [offset, limit] = ["offset", "limit"].map((name) => Math.max(Math.trunc(Number(req.query(name))) || 0, 0));
  return list.slice(offset, limit === 0 ? undefined : (offset ?? 0) + (limit ?? 0));
}

export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RegistryError(400, "the body is not JSON");
  }
}

/** The schema's text, and what is asked of it. Throws `RegistryError` 42201 for what does not claim to be an Avro schema. */
export function schemaOf(call: Call): SchemaRequest {
  const parsed = schemaBody.safeParse(readJson(call.var.body));
  if (!parsed.success) throw new RegistryError(42201, `Invalid schema: ${z.prettifyError(parsed.error)}`);
  const { schema, schemaType, id, version } = parsed.data;
  if ((schemaType ?? "AVRO") !== "AVRO")
    throw new RegistryError(42201, `Invalid schema type ${schemaType}: schemas are AVRO here`);
  const asked = { id: (id ?? -1) < 0 ? undefined : (id ?? undefined), version: version ?? undefined };
  return { schema, normalize: flag(call, "normalize"), ...asked };
}
