/**
 * All that listens, in one process whose memory can be weighed: the route handlers of both apps, the worker's server and the
 * gateway. Nothing works in the background, so that whatever is written was written for a request.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createMetrics } from "@tillstream/commerce";
import { paymentSettings } from "@tillstream/commerce/settings";
import { createPool, databaseIdentity, poolDatabase } from "@tillstream/db";
import { createDuty, createPostgresBus } from "@tillstream/eventing";
import { createCache, createLogger, processSettings, readEnv, trustedProxies } from "@tillstream/runtime";
import { believeProxies, boundServer, endUnreadConnections } from "@tillstream/trpc";
import { limitSettings } from "@tillstream/trpc/settings";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { freePorts, LOOPBACK } from "../../environment/ports.ts";
import { serveRoutes } from "./serve-routes.ts";
import { REGISTRY_LOGIN } from "./server.ts";
import type { ServerMessage, Weight } from "./server.ts";

const settings = readEnv({ ...processSettings, ...limitSettings, ...paymentSettings });
const logger = createLogger("unkind", settings.LOG_LEVEL);
/** The only argument: where the gateway keeps its ledger. */
const [, , ledgerPath = ""] = process.argv;

async function appUrl(app: "storefront" | "admin"): Promise<string> {
  const server = await serveRoutes(app);
  boundServer(server, logger);
  await once(server.listen(0, LOOPBACK), "listening");
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`; // a server that listens on a port has one
}

/** What an app exports to its own `main.ts`: apps cannot be imported by their names. */
type Start = (options: Record<string, unknown>) => Promise<unknown>;
const ofApp = async (file: string): Promise<Record<string, Start>> =>
  (await import(pathToFileURL(join(REPOSITORY_ROOT, "apps", file)).href)) as Record<string, Start>;

async function workerUrl(): Promise<string> {
  const [port = 0] = await freePorts(1);
  const pool = createPool({
    url: settings.APP_DATABASE_URL ?? settings.DATABASE_URL,
    max: 4,
    applicationName: "unkind",
  });
  const db = poolDatabase(pool);
  const well = { silentFor: () => [] };
  const { startHttpServer } = await ofApp("worker/src/http-server.ts");
  await startHttpServer?.({
    host: LOOPBACK,
    port,
    db,
    health: db,
    duty: createDuty(),
    cache: createCache(settings.REDIS_URL, logger, () => databaseIdentity(db)),
    bus: createPostgresBus(db),
    metrics: createMetrics(db),
    watchdogs: { subscriptions: well, others: well },
    gateway: async () => "ok",
    limit: { name: "registry", ...settings.LIMIT_REGISTRY_ADDRESS },
    trustedProxies: trustedProxies(settings.TRUSTED_PROXIES),
    registryLogin: REGISTRY_LOGIN,
  });
  return `http://${LOOPBACK}:${port}`;
}

async function gatewayUrl(): Promise<string> {
  const [port = 0] = await freePorts(1);
  const { startGateway } = await ofApp("gateway/src/gateway.ts");
  await startGateway?.({ port, ledgerPath, latencyMs: 0, webhookSecret: settings.GATEWAY_WEBHOOK_SECRET, logger });
  return `http://${LOOPBACK}:${port}`;
}

/** What a first collection lets go may hold more that a second one finds. */
async function weigh(): Promise<Weight> {
  globalThis.gc?.();
  await setImmediate();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { bytes: heapUsed + external };
}

believeProxies();
endUnreadConnections();
process.on("message", () => void weigh().then((weight: ServerMessage) => process.send?.(weight)));
process.on("disconnect", () => process.exit(0));
const [shop, console, worker, gateway] = await Promise.all([
  appUrl("storefront"),
  appUrl("admin"),
  workerUrl(),
  gatewayUrl(),
]);
process.send?.({ shop, console, worker, gateway } satisfies ServerMessage);
