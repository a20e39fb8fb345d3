/**
 * Confluent's Schema Registry REST API over the embedded registry, as a function of a request to a response: whoever
 * serves HTTP mounts it. Schemas are Avro; references between schemas and modes other than reading and writing are not offered.
 */
import type { Database, HttpAnswer, HttpExchange, HttpListenerOptions } from "@tillstream/runtime";
import { checkWriter } from "./access.ts";
import { REGISTRY_CONTENT_TYPE } from "./http-registry.ts";
import { configRoutes } from "./routes-config.ts";
import type { Route } from "./routes.ts";
import { schemaRoutes } from "./routes-schemas.ts";
import { subjectRoutes } from "./routes-subjects.ts";
import { RegistryError } from "./schema-registry.ts";

/** More than any schema of ours needs. */
const BODY_BYTES_MAX = 1_000_000;
/** Of a refusal, which may quote the schema that was sent. */
const MESSAGE_CHARACTERS_MAX = 5_000;

/** Of a body. Without any, as a page in a browser can send it unasked, it is refused. */
const CONTENT_TYPES = [
  REGISTRY_CONTENT_TYPE,
  "application/vnd.schemaregistry+json",
  "application/json",
  "application/octet-stream",
];

export interface RegistryEndpointOptions {
  readonly db: Database;
  /** Such as `/schema-registry`. */
  readonly mount?: string;
  /** `user:password` of those who write from another machine; nobody does without one. */
  readonly login?: string | undefined;
}

/** The API below a mount, for a server of HTTP to listen with. */
export function registryEndpoint({ db, mount = "", login }: RegistryEndpointOptions): HttpListenerOptions {
  return {
    contentType: REGISTRY_CONTENT_TYPE,
    bodyBytesMax: BODY_BYTES_MAX,
    async answer(exchange) {
      try {
        return { status: 200, body: await route(db, exchange, { mount, login }) };
      } catch (error) {
        if (error instanceof RegistryError) return refusal(error.code, error.message);
        throw error;
      }
    },
    failed: (status) => {
      if (status === 413) return refusal(413, `a request has ${BODY_BYTES_MAX} bytes at most`);
      if (status === 408) return refusal(408, "the body did not come in time");
      return status === 400 ? refusal(400, "the address is none") : refusal(50001, "Error in the backend data store");
    },
  };
}

/** Whatever is asked of the API. */
export const registryRoutes: readonly Route[] = [...schemaRoutes, ...subjectRoutes, ...configRoutes];

/** A refusal in the API's own form; the first three digits of its code are the status. */
function refusal(code: number, message: string): HttpAnswer {
  const told = message.slice(0, MESSAGE_CHARACTERS_MAX);
  const answer = { status: Number(String(code).slice(0, 3)), body: { error_code: code, message: told } };
  return code === 401 ? { ...answer, headers: { "www-authenticate": 'Basic realm="schema registry"' } } : answer;
}

async function route(
  db: Database,
  exchange: HttpExchange,
  { mount, login }: { readonly mount: string; readonly login: string | undefined },
): Promise<unknown> {
  const { method, url, body, headers } = exchange;
  const segments = segmentsOf(url.pathname.slice(mount.length));
  const there = registryRoutes.flatMap((one) => {
    const values = match(one.path, segments);
    return values === undefined ? [] : [{ ...one, values }];
  });
  if (there.length === 0) throw new RegistryError(404, "HTTP 404 Not Found");
  const found = there.find((one) => one.method === method);
  if (found === undefined) throw new RegistryError(405, "HTTP 405 Method Not Allowed");
  if (method !== "GET" && found.asks !== true) checkWriter(exchange, login);
  const [contentType = ""] = (headers["content-type"] ?? "").split(";");
  if (body !== "" && !CONTENT_TYPES.includes(contentType.trim().toLowerCase()))
    throw new RegistryError(415, "HTTP 415 Unsupported Media Type");
  return found.answer({ db, query: url.searchParams, body, values: found.values });
}

function segmentsOf(path: string): readonly string[] {
  try {
    return path
      .split("/")
      .filter((segment) => segment !== "")
      .map(decodeURIComponent);
  } catch {
    throw new RegistryError(400, "the path is not properly encoded");
  }
}

/** The values of the placeholders in order, such as that of `{subject}`; undefined when the path is another. */
function match(template: string, segments: readonly string[]): readonly string[] | undefined {
  const parts = template.split("/").filter((part) => part !== "");
  if (parts.length !== segments.length) return undefined;
  const pairs = parts.map((part, index) => [part, segments[index] ?? ""] as const);
  if (pairs.some(([part, segment]) => !part.startsWith("{") && part !== segment)) return undefined;
  return pairs.filter(([part]) => part.startsWith("{")).map(([, segment]) => segment);
}
