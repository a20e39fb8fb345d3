/** `/health`, `/metrics` and the schema registry of the worker. */
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { Metrics } from "@tillstream/commerce";
import { registryEndpoint } from "@tillstream/eventing";
import type { EventBus } from "@tillstream/eventing";
import { checkHealth, httpListener, sql } from "@tillstream/runtime";
import type { Cache, Database } from "@tillstream/runtime";

const SCHEMA_REGISTRY = "/schema-registry";

export interface HttpServerOptions {
  readonly port: number;
  readonly db: Database;
  readonly cache: Cache;
  readonly bus: EventBus;
  readonly metrics: Metrics;
  /** `SCHEMA_REGISTRY_LOGIN`. */
  readonly registryLogin?: string | undefined;
}

export async function startHttpServer({
  port,
  db,
  cache,
  bus,
  metrics,
  registryLogin,
}: HttpServerOptions): Promise<{ close(): Promise<void> }> {
  const schemaRegistry = httpListener(registryEndpoint({ db, mount: SCHEMA_REGISTRY, login: registryLogin }));
  const server = createServer((request, response) => {
    const path = URL.parse(request.url ?? "/", "http://worker")?.pathname; // such as `//`: no path of ours
    if (path === SCHEMA_REGISTRY || path?.startsWith(`${SCHEMA_REGISTRY}/`) === true)
      return schemaRegistry(request, response);
    const answer =
      path === "/health" || path === "/api/health"
        ? sendHealth(response, { db, cache, bus })
        : path === "/metrics"
          ? sendMetrics(response, metrics)
          : sendNotFound(response);
    answer.catch(() =>
      send(response, 503, "application/json", JSON.stringify({ error: { message: "Postgres is away." } })),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sendHealth(
  response: ServerResponse,
  { db, cache, bus }: Pick<HttpServerOptions, "db" | "cache" | "bus">,
): Promise<void> {
  const report = await checkHealth([
    { name: "postgres", essential: true, check: async () => (await db.query(sql`SELECT 1`), "ok") },
    { name: "redis", essential: false, check: () => cache.health() },
    { name: "bus", essential: false, check: () => bus.health() },
  ]);
  send(response, report.status === "down" ? 503 : 200, "application/json", JSON.stringify(report));
}

async function sendMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  const { text, contentType } = await metrics.render();
  send(response, 200, contentType, text);
}

async function sendNotFound(response: ServerResponse): Promise<void> {
  send(
    response,
    404,
    "application/json",
    JSON.stringify({ error: { message: "Here are /health, /metrics and /schema-registry." } }),
  );
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" }).end(body);
}
