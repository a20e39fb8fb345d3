/**
 * `/health`, `/metrics` and the schema registry of the worker. `/health` tells whether work gets done: it is down when Postgres,
 * the relay or a subscription is, and degraded when another loop is. A worker that is drained says so, and is not down for what
 * then waits. `/health/live` tells whether restarting this process would help.
 */
import { createServer } from "node:http";
import type { BlockList } from "node:net";
import type { Metrics } from "@tillstream/commerce";
import { storageHealth, takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { orBusy, registryEndpoint, isRelayStalled } from "@tillstream/eventing";
import type { Duty, EventBus } from "@tillstream/eventing";
import { callerAddress, checkHealth, httpListener, sql } from "@tillstream/runtime";
import type { Cache, Database, HealthReport, HttpEnv, SqlExecutor, Watchdog } from "@tillstream/runtime";
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";

const SCHEMA_REGISTRY = "/schema-registry";
const REGISTRY_CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
/** Longer than any outside call that a subscription waits for. */
const STALLED_AFTER_MS = 15_000;
/** By then the watchdog has restarted the loop, and that did not help. */
const STALLED_FOR_GOOD_MS = 300_000;

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
  readonly duty: Pick<Duty, "drain" | "isBusy">;
  /** Whether the payment gateway answers. */
  readonly gateway: () => Promise<string>;
  /** Whether the mail server took the last mails; undefined without one. */
  readonly mailServer?: (() => Promise<string>) | undefined;
  /** Of the registry's callers. */
  readonly limit: RateLimit;
  readonly trustedProxies: BlockList;
  /** `SCHEMA_REGISTRY_LOGIN`. */
  readonly registryLogin?: string | undefined;
}

export async function startHttpServer(options: HttpServerOptions): Promise<{ close(): Promise<void> }> {
  const { host, port } = options;
  const server = createServer(httpListener(createApp(options)));
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

function createApp(options: HttpServerOptions): Hono<HttpEnv> {
  const { db, metrics, registryLogin: login } = options;
  const schemaRegistry = registryEndpoint({ db, mount: SCHEMA_REGISTRY, login });
  const notFound = {
    error: { message: "There is nothing at this path. Use /health, /health/live, /metrics or /schema-registry." },
  };
  return new Hono<HttpEnv>()
    .on("ALL", ["/health", "/api/health"], async (c) => reported(c, await health(options)))
    .all("/health/live", (c) => reported(c, liveness(options)))
    .all("/metrics", async (c) => {
      const { text, contentType } = await metrics.render();
      return c.body(text, 200, { "content-type": contentType });
    })
    .use(`${SCHEMA_REGISTRY}/*`, withinLimit(options))
    .all(`${SCHEMA_REGISTRY}/*`, (c) => schemaRegistry.fetch(c.req.raw, c.env))
    .notFound((c) => c.json(notFound, 404))
    .onError((_, c) => c.json({ error: { message: "Postgres cannot be reached." } }, 503));
}

const reported = (c: Context, report: { readonly status: string }) =>
  c.json(report, report.status === "down" ? 503 : 200);

/** Limits how often a caller asks the registry. While calls cannot be counted, all are let through. */
function withinLimit({ db, cache, limit, trustedProxies }: HttpServerOptions): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { socket, headers } = c.env.incoming;
    const address = callerAddress(socket.remoteAddress ?? "", headers["x-forwarded-for"]?.toString(), trustedProxies);
    const waitMs = await takeWithin(cache, db, limit, address).catch(() => 0);
    if (waitMs === 0) return next();
    const seconds = Math.ceil(waitMs / 1_000);
    const body = { error_code: 42_901, message: `Too many requests. Try again in ${seconds} s.` };
    return c.json(body, 429, { "retry-after": String(seconds), "content-type": REGISTRY_CONTENT_TYPE });
  };
}

interface WorkerHealth extends HealthReport {
  readonly worker: { readonly state: "running" | "draining" | "drained" } & Partial<
    Record<"by" | "reason" | "since", string>
  >;
}

async function health(options: HttpServerOptions): Promise<WorkerHealth> {
  const { health: connections, cache, bus, gateway, mailServer, duty } = options;
  const { subscriptions, others } = options.watchdogs;
  const drain = duty.drain();
  const report = await checkHealth([
    { name: "postgres", essential: true, check: async () => (await connections.query(sql`SELECT 1`), "ok") },
    { name: "storage", essential: false, check: async () => storageHealth() },
    { name: "redis", essential: false, check: () => cache.health() },
    { name: "bus", essential: false, check: () => bus.health() },
    {
      name: "relay",
      essential: drain === undefined,
      check: () =>
        isRelayStalled(connections, STALLED_AFTER_MS / 1_000).then(
          (stalled) => (stalled ? "events wait to be published" : "ok"),
          orBusy,
        ),
    },
    {
      name: "subscriptions",
      essential: true,
      check: async () => listStalled(subscriptions.silentFor(STALLED_AFTER_MS)),
    },
    { name: "loops", essential: false, check: async () => listStalled(others.silentFor(STALLED_AFTER_MS)) },
    { name: "gateway", essential: false, check: gateway },
    ...(mailServer === undefined ? [] : [{ name: "mail", essential: false, check: mailServer }]),
  ]);
  if (drain === undefined) return { ...report, worker: { state: "running" } };
  const { by, reason, since } = drain;
  const state = duty.isBusy() ? "draining" : "drained";
  return { ...report, worker: { state, by, reason, since: since.toISOString() } };
}

function liveness({ watchdogs }: HttpServerOptions) {
  const stalledForGood = [watchdogs.subscriptions, watchdogs.others].flatMap((one) =>
    one.silentFor(STALLED_FOR_GOOD_MS),
  );
  return { status: stalledForGood.length === 0 ? "ok" : "down", loops: listStalled(stalledForGood) };
}

const listStalled = (loops: readonly string[]): string => (loops.length === 0 ? "ok" : `stalled: ${loops.join(", ")}`);
