/**
 * The whole of Tillstream on this machine: servers, database, builds and the four supervised processes. `npm start`, `npm run dev`
 * and the browser tests start it through here.
 */
import { join } from "node:path";
import { publishSettings } from "../child-env.ts";
import type { Environment } from "../child-env.ts";
import { refusePublishedSecrets } from "@tillstream/commerce";
import { systemScheduler } from "@tillstream/runtime";
import { rewriteWhenErased } from "../database/rewrite.ts";
import { seedIfEmpty } from "../../seed/index.ts";
import { refusePublishedLogins } from "../../seed/users.ts";
import { returnSeededOrders } from "../../seed/returns.ts";
import { assertPortFree } from "../ports.ts";
import { productionNotices } from "./production-notices.ts";
import { signalProcess } from "../processes.ts";
import { PORT_SETTING } from "../settings.ts";
import type { LocalSettings, Ports } from "../settings.ts";
import { superviseProcess } from "../supervisor/supervised-process.ts";
import type { OutputStream, SupervisedProcess } from "../supervisor/supervised-process.ts";
import { buildApps } from "./build.ts";
import { waitUntilHealthy } from "./health.ts";
import { ensureMasterKeys, ensureSecret } from "./secret.ts";
import { startServers } from "./servers.ts";
import type { ServerName, Servers } from "./servers.ts";
import { healthUrl, SERVICE_NAMES, serviceSpec, serviceUrl } from "./services.ts";
import type { Mode, ServiceName } from "./services.ts";
import { claimDataFolder } from "./state-file.ts";
import type { StateFile } from "./state-file.ts";

const READY_TIMEOUT_MS = 180_000;
const PROGRESS_EVERY_MS = 5_000;
/** A process that crashes this often before it ever answered will not answer. */
const CRASHES_BEFORE_READY_MAX = 3;

export interface SystemOptions {
  readonly mode: Mode;
  readonly settings: Omit<LocalSettings, "logFormat" | "chromiumPath" | "faultRounds" | "kafkaBrokers">;
  /** Off for tests: their data need not outlive the machine. */
  readonly durable: boolean;
  /** Further settings of the processes. */
  readonly env?: Environment;
  /** Whether an empty database also gets orders that end as dead letters; by default it does. */
  readonly withDeadLetters?: boolean;
  /** Progress, for the person who waits. */
  readonly log: (line: string) => void;
  readonly onOutput: (name: string, line: string, stream: OutputStream) => void;
  /** Aborts the start. What was started until then is stopped, and the start rejects. */
  readonly signal: AbortSignal;
}

export interface LocalSystem {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly servers: Servers;
  /** Whether the seeded logins are there. */
  readonly isLocal: boolean;
  /** Signals one process; a supervised process that ends starts again. */
  kill(name: ServiceName | ServerName, signal: NodeJS.Signals): void;
  pid(name: ServiceName | ServerName): number | undefined;
  /** Resolves when the process answers its health endpoint. */
  healthy(name: ServiceName, timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

const urlsOf = (ports: Ports): Record<ServiceName, string> => ({
  gateway: serviceUrl("gateway", ports),
  worker: serviceUrl("worker", ports),
  storefront: serviceUrl("storefront", ports),
  admin: serviceUrl("admin", ports),
});

async function assertPortsFree(ports: Ports): Promise<void> {
  for (const name of SERVICE_NAMES) await assertPortFree(name, ports[name], PORT_SETTING[name]);
}

async function prepareServers(options: SystemOptions, secret: string, state: StateFile): Promise<Servers> {
  const { settings, durable, log } = options;
  const onStart = (name: string, pid: number): void => state.processStarted(name, pid);
  const servers = await startServers({ ...settings, secret, durable, log, onStart });
  const { databaseUrl, appDatabaseUrl, redisUrl, isEmbedded } = servers;
  state.update({ databaseUrl, appDatabaseUrl, isEmbedded, ...(redisUrl === undefined ? {} : { redisUrl }) });
  publishSettings({
    DATABASE_URL: databaseUrl,
    APP_DATABASE_URL: appDatabaseUrl,
    REDIS_URL: redisUrl,
    APP_SECRET: secret,
    ...ensureMasterKeys(settings),
  });
  try {
    if (!settings.isLocal) await refusePublishedLogins(databaseUrl);
    const { withDeadLetters = true } = options;
    // In production an empty shop stays empty: made-up goods are not for sale.
    if (settings.isLocal) await seedIfEmpty({ url: databaseUrl, log, withLocalUsers: isEmbedded, withDeadLetters });
    else for (const notice of productionNotices()) log(notice);
  } catch (error) {
    await servers.stop();
    throw error;
  }
  return servers;
}

/** Both take a while and do not need each other. When one fails, what the other started is stopped. */
async function prepare(options: SystemOptions, secret: string, state: StateFile): Promise<Servers> {
  const built = options.mode === "dev" ? Promise.resolve() : buildApps(options.log, options.signal);
  const [build, servers] = await Promise.allSettled([built, prepareServers(options, secret, state)]);
  if (servers.status === "rejected") throw servers.reason as Error; // only errors are thrown there
  if (build.status === "fulfilled") return servers.value;
  await servers.value.stop();
  throw build.reason as Error; // only errors are thrown there
}

/** Says every few seconds who has not answered yet. */
async function allHealthy(healthy: (name: ServiceName) => Promise<void>, log: SystemOptions["log"]): Promise<void> {
  const awaited = new Set<ServiceName>(SERVICE_NAMES);
  log(`starting ${[...awaited].join(", ")}`);
  const stop = systemScheduler.every(PROGRESS_EVERY_MS, async () => log(`waiting for ${[...awaited].join(", ")}`));
  try {
    await Promise.all(SERVICE_NAMES.map((name) => healthy(name).then(() => awaited.delete(name))));
  } finally {
    stop();
  }
}

function superviseServices(
  options: SystemOptions,
  servers: Servers,
  secret: string,
  state: StateFile,
  onCrash: (name: string) => void,
): Map<ServiceName, SupervisedProcess> {
  const { mode, settings, log, onOutput } = options;
  const env: Environment = {
    // The apps and the worker never see the owner's URL.
    DATABASE_URL: servers.appDatabaseUrl,
    APP_DATABASE_URL: servers.appDatabaseUrl,
    REDIS_URL: servers.redisUrl,
    APP_SECRET: secret,
    LISTEN_HOST: settings.listenHost,
    ...(settings.trustedProxies !== undefined && { TRUSTED_PROXIES: settings.trustedProxies }),
    TILLSTREAM_LOCAL: String(settings.isLocal),
    ...(settings.shopUrl !== undefined && { SHOP_URL: settings.shopUrl }),
    GATEWAY_LEDGER: join(settings.dataDir, "gateway-ledger.sqlite"),
    ...options.env,
  };
  const events = {
    onLine: onOutput,
    onStart: (name: string, pid: number) => state.processStarted(name, pid),
    onCrash: (name: string, how: string, restartInMs: number) => {
      log(`${name} ${how}; it starts again in ${restartInMs / 1_000} s`);
      onCrash(name);
    },
  };
  return new Map(
    SERVICE_NAMES.map((name) => [
      name,
      superviseProcess(serviceSpec(name, { mode, ports: settings.ports, env }), events),
    ]),
  );
}

/** Starts everything and resolves when all of it answers; rejects when something does not, with nothing left running. */
export async function startLocalSystem(options: SystemOptions): Promise<LocalSystem> {
  const { mode, settings, log, signal } = options;
  const { dataDir, ports } = settings;
  const state = await claimDataFolder(dataDir, mode, log);
  const failed = new AbortController();
  const stopping = new AbortController();
  const crashes = new Map<string, number>();
  let isReady = false;
  let servers: Servers | undefined;
  let services = new Map<ServiceName, SupervisedProcess>();

  const countCrash = (name: string): void => {
    const count = (crashes.get(name) ?? 0) + 1;
    crashes.set(name, count);
    if (!isReady && count >= CRASHES_BEFORE_READY_MAX)
      failed.abort(new Error(`${name} crashed ${count} times before it answered`));
  };
  let returns: Promise<void> | undefined;
  let rewrites: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([returns, rewrites]);
    await Promise.all([...services.values()].map((service) => service.stop()));
    await servers?.stop();
    state.release();
  };
  const healthy = (name: ServiceName, timeoutMs = READY_TIMEOUT_MS): Promise<void> =>
    waitUntilHealthy(name, healthUrl(name, ports), timeoutMs, AbortSignal.any([signal, failed.signal]));

  try {
    if (!settings.isLocal) refusePublishedSecrets();
    await assertPortsFree(ports);
    const secret = settings.appSecret ?? ensureSecret(dataDir);
    servers = await prepare(options, secret, state);
    signal.throwIfAborted();
    services = superviseServices(options, servers, secret, state, countCrash);
    for (const service of services.values()) service.start();
    await allHealthy(healthy, options.log);
    isReady = true;
    state.update({ status: "ready", urls: urlsOf(ports) });
    const stopped = AbortSignal.any([signal, failed.signal, stopping.signal]);
    if (servers.isEmbedded) rewrites = rewriteWhenErased(servers.databaseUrl, stopped);
    if (options.durable && servers.isEmbedded) {
      // Nice to have: without it, a system that is stopped meanwhile or has no seeded orders misses nothing.
      returns = returnSeededOrders(servers.databaseUrl, stopped).catch(() => undefined);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const ready = servers;
  const pid: LocalSystem["pid"] = (name) =>
    name === "postgres" || name === "redis" ? ready.pid(name) : services.get(name)?.pid();
  return {
    urls: urlsOf(ports),
    servers: ready,
    isLocal: ready.isEmbedded && settings.isLocal,
    kill(name, sent) {
      const target = pid(name);
      if (target !== undefined) signalProcess(target, sent);
    },
    pid,
    healthy,
    stop: async () => {
      failed.abort(new Error("the system was stopped"));
      await stop();
    },
  };
}
