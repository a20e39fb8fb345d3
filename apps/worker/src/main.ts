/**
 * The background process: relay, consumers, projections, sagas. A composition root with no logic of its own. It may
 * be killed at any moment: all state is in Postgres, and the next start goes on where this one was.
 */
import { hostname, setPriority } from "node:os";
import {
  cachedGateway,
  countGatewayCalls,
  createMailServer,
  createMetrics,
  createPaymentProvider,
  localInbox,
  orderLinks,
  refusePublishedSecrets,
  simulatedCarrier,
} from "@tillstream/commerce";
import { mailsConfirm } from "@tillstream/commerce/settings";
import {
  assertOwnSessions,
  createHealthPool,
  createPool,
  databaseIdentity,
  listen,
  poolDatabase,
  SharedSessionsError,
  STATEMENT_TIMEOUT_MS,
} from "@tillstream/db";
import { createDuty, createKeyring, MasterKeyError, OUTBOX_CHANNEL } from "@tillstream/eventing";
import {
  createCache,
  createLogger,
  createShutdown,
  createWakeUp,
  createWatchdog,
  exitOnSignals,
  isInProduction,
  readMasterKeys,
  startTracing,
  systemScheduler,
  trustedProxies,
  uuidGenerator,
} from "@tillstream/runtime";
import manifest from "../package.json" with { type: "json" };
import { startBackgroundWork } from "./background-work.ts";
import { createBus } from "./bus.ts";
import { gatewayHealth } from "./gateway-health.ts";
import { startHttpServer } from "./http-server.ts";
import { settings } from "./settings.ts";

/** A third of the shares of the process that serves the shop. */
const PRIORITY = 5;
/** Few, so that what each has prepared serves the next; partitions that call outside keep one meanwhile. */
const POOL_MAX = 20;

refusePublishedSecrets();
// When the processors are full, what a shopper waits for goes first: a burst is taken at once and worked off after.
setPriority(PRIORITY);
const logger = createLogger("worker", settings.LOG_LEVEL);
const shutdown = createShutdown(logger);
exitOnSignals(shutdown, logger);
shutdown.onShutdown("tracing", await startTracing("worker", logger));

const url = settings.APP_DATABASE_URL ?? settings.DATABASE_URL;
const pool = createPool({ url, max: POOL_MAX, applicationName: "worker" }, logger);
shutdown.onShutdown("pool", () => pool.end());
const db = poolDatabase(pool);
const keyring = createKeyring(readMasterKeys());
const first = assertOwnSessions(db, "statement_timeout", STATEMENT_TIMEOUT_MS).then(() => keyring.prove(db));
await first.catch((error: unknown) => {
  if (error instanceof SharedSessionsError || error instanceof MasterKeyError) throw error;
  logger.warn({ err: (error as Error).message }, "the first query to postgres failed"); // the loops wait for it
});
const healthPool = createHealthPool({ url, applicationName: "worker" }, logger);
shutdown.onShutdown("health pool", () => healthPool.end());
const cache = createCache(settings.REDIS_URL, logger, () => databaseIdentity(db));
shutdown.onShutdown("cache", () => cache.close());
const metrics = createMetrics(db);
const bus = createBus(db, settings);
shutdown.onShutdown("bus", () => bus.close());
const provider = createPaymentProvider(settings);
const gatewayCalls = countGatewayCalls(provider.gateway);
const mailServer = createMailServer(settings, logger);
if (mailServer === undefined && isInProduction())
  logger.warn("SMTP_URL is not set: mails stay in the console's inbox and are not delivered");

const watched = { db, scheduler: systemScheduler, signal: shutdown.signal, logger };
const watchdogs = { subscriptions: createWatchdog(watched), others: createWatchdog(watched) };
const duty = createDuty();
const http = await startHttpServer({
  host: settings.LISTEN_HOST,
  port: settings.WORKER_PORT,
  db,
  health: poolDatabase(healthPool),
  cache,
  bus,
  metrics,
  watchdogs,
  duty,
  gateway: gatewayHealth(gatewayCalls.gateway),
  mailServer: mailServer?.health,
  limit: { name: "registry", ...settings.LIMIT_REGISTRY_ADDRESS },
  trustedProxies: trustedProxies(settings.TRUSTED_PROXIES),
  registryLogin: settings.SCHEMA_REGISTRY_LOGIN,
});
shutdown.onShutdown("http", () => http.close());

const outboxWakeUp = createWakeUp(systemScheduler);
const listener = listen(url, { [OUTBOX_CHANNEL]: () => outboxWakeUp.notify() }, logger);
shutdown.onShutdown("listener", () => listener.close());

const work = await startBackgroundWork({
  db,
  bus,
  cache,
  pool,
  logger,
  scheduler: systemScheduler,
  owner: `worker-${process.pid}-${uuidGenerator.next().slice(-8)}`,
  identity: { version: settings.RELEASE ?? manifest.version, host: hostname(), pid: process.pid },
  duty,
  outboxWakeUp,
  metrics,
  watchdogs,
  signal: shutdown.signal,
  settings,
  ports: {
    db,
    gateway: cachedGateway(gatewayCalls.gateway, cache, provider.name),
    uncachedGateway: gatewayCalls.gateway,
    gatewayCalls,
    stepTimeoutMs: settings.SAGA_STEP_TIMEOUT_MS,
    reconcileIntervalMs: settings.RECONCILE_INTERVAL_MS,
    keyring,
    mailer: localInbox(keyring),
    mailServer,
    links: orderLinks(settings.APP_SECRET),
    carrier: simulatedCarrier,
    shippingDelayMs: settings.SHIPPING_DELAY_MS,
    snapshotEveryAccount: settings.SNAPSHOT_EVERY_ACCOUNT,
    mailDays: settings.MAIL_RETENTION_DAYS,
    orderDetailsDays: settings.ORDER_DETAILS_RETENTION_DAYS,
    mailsConfirm: mailsConfirm(),
    onAppended: () => outboxWakeUp.notify(),
  },
});
shutdown.onShutdown("gateway calls", () => gatewayCalls.log.write(db)); // those of the work, which ends before
shutdown.onShutdown("work", () => work.finished());
logger.info({ port: settings.WORKER_PORT }, "worker is running");
