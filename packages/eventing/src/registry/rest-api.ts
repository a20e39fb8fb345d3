/**
 * Confluent's Schema Registry REST API over the embedded registry, as an app of hono, for an HTTP server to mount.
 * Schemas are Avro; references between schemas and modes other than reading and writing are not offered.
 */
import { readBody } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import { REGISTRY_CONTENT_TYPE } from "./http-registry.ts";
import { configRoutes } from "./routes-config.ts";
import { reads, writes } from "./routes.ts";
import type { Call, RegistryEnv } from "./routes.ts";
import { schemaRoutes } from "./routes-schemas.ts";
import { subjectRoutes } from "./routes-subjects.ts";
import { RegistryError } from "./schema-registry.ts";

/** More than any schema of ours needs. */
const BODY_BYTES_MAX = 1_000_000;
/** Of a refusal, which may quote the schema that was sent. */
const MESSAGE_CHARACTERS_MAX = 5_000;

export interface RegistryEndpointOptions {
  readonly db: Database;
  /** Such as `/schema-registry`. */
  readonly mount?: string;
  /** `user:password` for writing from another machine; without it, only this machine may write. */
  readonly login?: string | undefined;
}

/** The API below a mount. */
export function registryEndpoint({ db, mount = "", login }: RegistryEndpointOptions): Hono<RegistryEnv> {
  return new Hono<RegistryEnv>({ getPath: pathOf })
    .basePath(mount)
    .use(async (call, next) => {
      await next();
      call.header("content-type", REGISTRY_CONTENT_TYPE);
    })
    .use(async (call, next) => {
      call.set("db", db);
      call.set("login", login);
      call.set("body", await bodyOf(call));
      checkEncoding(call.req.url);
      await next();
    })
    .route("/", schemaRoutes)
    .route("/", subjectRoutes)
    .route("/", configRoutes)
    .on(
      "ALL",
      registryRoutes.map(({ path }) => path),
      () => refusal(405, "HTTP 405 Method Not Allowed"),
    )
    .notFound(() => refusal(404, "HTTP 404 Not Found"))
    .onError((error) =>
      error instanceof RegistryError
        ? refusal(error.code, error.message)
        : refusal(50001, "Error in the backend data store"),
    );
}

/** Any request to the API. */
export const registryRoutes = [schemaRoutes, subjectRoutes, configRoutes]
  .flatMap(({ routes }) => routes)
  .filter(({ handler }) => handler !== reads && handler !== writes);

/** A refusal in the API's own form; the first three digits of its code are the status. */
function refusal(code: number, message: string): Response {
  const body = { error_code: code, message: message.slice(0, MESSAGE_CHARACTERS_MAX) };
  const headers = code === 401 ? { "www-authenticate": 'Basic realm="schema registry"' } : {};
  return Response.json(body, { status: Number(String(code).slice(0, 3)), headers });
}

async function bodyOf({ env: { incoming } }: Call): Promise<string> {
  const body = await readBody(incoming.iterator({ destroyOnReturn: false }), BODY_BYTES_MAX);
  if (body === "too large") throw new RegistryError(413, `a request has ${BODY_BYTES_MAX} bytes at most`);
  if (body === "too slow") throw new RegistryError(408, "the body did not come in time");
  return body.toString("utf8");
}

/** Without its empty segments: `/subjects//` is `/subjects`. */
const pathOf = (request: Request): string => getPath(request).replaceAll(/\/+(?=\/|$)/g, "") || "/";

function checkEncoding(url: string): void {
  try {
    decodeURIComponent(new URL(url).pathname);
  } catch {
    throw new RegistryError(400, "the path is not properly encoded");
  }
}
