/**
 * Confluent's Schema Registry REST API over the embedded registry, as a function of a request to a response: whoever
 * serves HTTP mounts it. Schemas are Avro; references between schemas and modes other than reading and writing are not offered.
 */
import type { Database, HttpListenerOptions } from "@tillstream/runtime";
import { REGISTRY_CONTENT_TYPE } from "./http-registry.ts";
import { configRoutes } from "./routes-config.ts";
import type { Route } from "./routes.ts";
import { schemaRoutes } from "./routes-schemas.ts";
import { subjectRoutes } from "./routes-subjects.ts";
import { RegistryError } from "./schema-registry.ts";

export interface RegistryRequest {
  readonly method: string;
  /** Below the mount, such as `/subjects`; percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface RegistryResponse {
  readonly status: number;
  readonly body: unknown;
}

/** More than any schema of ours needs. */
const BODY_BYTES_MAX = 1_000_000;

/** The API below a mount, such as `/schema-registry`, for a server of HTTP to listen with. */
export function registryEndpoint(db: Database, mount = ""): HttpListenerOptions {
  return {
    contentType: REGISTRY_CONTENT_TYPE,
    bodyBytesMax: BODY_BYTES_MAX,
    answer: ({ method, url, body }) =>
      answerRegistryRequest(db, { method, path: url.pathname.slice(mount.length), query: url.searchParams, body }),
    failed: (status) => {
      if (status === 413) return refusal(413, `a request has ${BODY_BYTES_MAX} bytes at most`);
      return status === 400 ? refusal(400, "the address is none") : refusal(50001, "Error in the backend data store");
    },
  };
}

const routes: readonly Route[] = [...schemaRoutes, ...subjectRoutes, ...configRoutes];

/** Answers every request, refusals included; rejects only when the database does. */
export async function answerRegistryRequest(db: Database, request: RegistryRequest): Promise<RegistryResponse> {
  try {
    return { status: 200, body: await route(db, request) };
  } catch (error) {
    if (error instanceof RegistryError) return refusal(error.code, error.message);
    throw error;
  }
}

/** A refusal in the API's own form; the first three digits of its code are the status. */
function refusal(code: number, message: string): RegistryResponse {
  return { status: Number(String(code).slice(0, 3)), body: { error_code: code, message } };
}

async function route(db: Database, { method, path, query, body }: RegistryRequest): Promise<unknown> {
  const segments = segmentsOf(path);
  const there = routes.flatMap((one) => {
    const values = match(one.path, segments);
    return values === undefined ? [] : [{ ...one, values }];
  });
  if (there.length === 0) throw new RegistryError(404, "HTTP 404 Not Found");
  const found = there.find((one) => one.method === method);
  if (found === undefined) throw new RegistryError(405, "HTTP 405 Method Not Allowed");
  return found.answer({ db, query, body, values: found.values });
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
