/**
 * `/health`, `/metrics` and the schema registry of the worker. `/health` tells whether work gets done: it is down with Postgres,
 * the relay or a subscription, and degraded with any other loop. `/health/live` tells whether another start of this process would help.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import type { Metrics } from "@tillstream/commerce";
import { storageHealth, takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { orBusy, registryEndpoint, relayStands } from "@tillstream/eventing";
import type { EventBus } from "@tillstream/eventing";
import { callerAddress, checkHealth, FOR_PROGRAMS, httpListener, sql } from "@tillstream/runtime";
import type { Cache, Database, SqlExecutor, Watchdog } from "@tillstream/runtime";

const SCHEMA_REGISTRY = "/schema-registry";
/** Longer than a call to the outside takes that a subscription waits for. */
const STANDING_AFTER_MS = 15_000;
/** The watchdog has started it again by then, and that did not help. */
const HANGING_AFTER_MS = 300_000;

export interface Watchdogs<Kind = Pick<Watchdog, "silentFor">> {
  /** Projections and consumers. */
  readonly subscriptions: Kind;
  readonly others: Kind;
}

export interface HttpServerOptions {
  /** Without one, all addresses. */
  readonly host?: string;
  readonly port: number;
  readonly db: Database;
  /** Connections of its own for the health checks. */
  readonly health: SqlExecutor;
  readonly cache: Cache;
  readonly bus: EventBus;
  readonly metrics: Metrics;
  /** Of the loops of this process. */
  readonly watchdogs: Watchdogs;
  /** Whether the payment gateway answers. */
  readonly gateway: () => Promise<string>;
  /** Whether the mail server took the last mails; undefined where there is none. */
  readonly mailServer?: (() => Promise<string>) | undefined;
  /** Of the registry's callers. */
  readonly limit: RateLimit;
  readonly trustedProxies: BlockList;
  /** `SCHEMA_REGISTRY_LOGIN`. */
  readonly registryLogin?: string | undefined;
}

export async function startHttpServer(options: HttpServerOptions): Promise<{ close(): Promise<void> }> {
  const { host, port, db, metrics, registryLogin: login } = options;
  const schemaRegistry = httpListener(registryEndpoint({ db, mount: SCHEMA_REGISTRY, login }));
  const server = createServer((request, response) => {
    const path = URL.parse(request.url ?? "/", "http://worker")?.pathname; // such as `//`: no path of ours
    if (path === SCHEMA_REGISTRY || path?.startsWith(`${SCHEMA_REGISTRY}/`) === true)
      return void withinLimit(request, response, options).then((within) => within && schemaRegistry(request, response));
    const answer =
      path === "/health" || path === "/api/health"
        ? sendHealth(response, options)
        : path === "/health/live"
          ? sendLiveness(response, options)
          : path === "/metrics"
            ? sendMetrics(response, metrics)
            : sendNotFound(response);
    answer.catch(() =>
      send(response, 503, "application/json", JSON.stringify({ error: { message: "Postgres is away." } })),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether the caller may go on asking the registry. While nobody can count, it may. */
async function withinLimit(
  { socket, headers }: IncomingMessage,
  response: ServerResponse,
  { db, cache, limit, trustedProxies }: HttpServerOptions,
): Promise<boolean> {
  const forwarded = headers["x-forwarded-for"];
  const address = callerAddress(socket.remoteAddress ?? "", forwarded?.toString(), trustedProxies);
  const waitMs = await takeWithin(cache, db, limit, address).catch(() => 0);
  if (waitMs === 0) return true;
  const seconds = Math.ceil(waitMs / 1_000);
  response.setHeader("retry-after", seconds);
  const body = { error_code: 42_901, message: `That was asked too often. Ask again in ${seconds} s.` };
  send(response, 429, "application/vnd.schemaregistry.v1+json", JSON.stringify(body));
  return false;
}

async function sendHealth(response: ServerResponse, options: HttpServerOptions): Promise<void> {
  const { health, cache, bus, gateway, mailServer } = options;
  const { subscriptions, others } = options.watchdogs;
  const report = await checkHealth([
    { name: "postgres", essential: true, check: async () => (await health.query(sql`SELECT 1`), "ok") },
    { name: "storage", essential: false, check: async () => storageHealth() },
    { name: "redis", essential: false, check: () => cache.health() },
    { name: "bus", essential: false, check: () => bus.health() },
    {
      name: "relay",
      essential: true,
      check: () =>
        relayStands(health, STANDING_AFTER_MS / 1_000).then(
          (stands) => (stands ? "events wait to be published" : "ok"),
          orBusy,
        ),
    },
    {
      name: "subscriptions",
      essential: true,
      check: async () => standing(subscriptions.silentFor(STANDING_AFTER_MS)),
    },
    { name: "loops", essential: false, check: async () => standing(others.silentFor(STANDING_AFTER_MS)) },
    { name: "gateway", essential: false, check: gateway },
    ...(mailServer === undefined ? [] : [{ name: "mail", essential: false, check: mailServer }]),
  ]);
  send(response, report.status === "down" ? 503 : 200, "application/json", JSON.stringify(report));
}

async function sendLiveness(response: ServerResponse, { watchdogs }: HttpServerOptions): Promise<void> {
  const hanging = [watchdogs.subscriptions, watchdogs.others].flatMap((one) => one.silentFor(HANGING_AFTER_MS));
  const body = { status: hanging.length === 0 ? "ok" : "down", loops: standing(hanging) };
  send(response, hanging.length === 0 ? 200 : 503, "application/json", JSON.stringify(body));
}

const standing = (loops: readonly string[]): string => (loops.length === 0 ? "ok" : `standing: ${loops.join(", ")}`);

async function sendMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  const { text, contentType } = await metrics.render();
  send(response, 200, contentType, text);
}

async function sendNotFound(response: ServerResponse): Promise<void> {
  send(
    response,
    404,
    "application/json",
    JSON.stringify({ error: { message: "Here are /health, /health/live, /metrics and /schema-registry." } }),
  );
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store", ...FOR_PROGRAMS }).end(body);
}
