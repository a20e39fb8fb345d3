/** Starts every loop and task of the worker over the modules' list. Each loop survives a database that is away. */
import {
  modules,
  publishedSagas,
  reconciliationGraceMs,
  runCartRetention,
  runDispatch,
  runOrderLinks,
  runPaymentWebhooks,
  runReconciliation,
} from "@tillstream/commerce";
import type { Metrics, Ports } from "@tillstream/commerce";
import {
  alertRule,
  announceChanges,
  catalogueOf,
  createSagaEngine,
  deploymentOf,
  followVersions,
  monitorProjections,
  RELAY_TASK,
  refuseChangedSagas,
  relayTurn,
  runJobs,
  runRebuilds,
  runReleases,
  runRetention,
  runSubscription,
  SAGA_TASK,
  superviseRelay,
  sweepSagas,
} from "@tillstream/eventing";
import type { EventBus, RelayOptions, StepRef, Subscription, SubscriptionOptions } from "@tillstream/eventing";
import { systemClock, uuidGenerator } from "@tillstream/runtime";
import type { Database, Logger, Progress, Scheduler, WakeUp } from "@tillstream/runtime";
import type pg from "pg";
import { alertWebhook } from "./alert-webhook.ts";
import type { settings as workerSettings } from "./settings.ts";
import { createWakeUps } from "./wake-ups.ts";

/** One job of the relay is long, one slot is left for its successor. */
const RELAY_SLOTS = 2;

export interface BackgroundWorkOptions {
  readonly db: Database;
  readonly bus: EventBus;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly owner: string;
  readonly outboxWakeUp: WakeUp;
  readonly metrics: Metrics;
  /** Told of the loops that ask often, also when they are idle. */
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly settings: typeof workerSettings;
  readonly ports: Ports;
  /** For comparing it with our books: what it says itself, nothing remembered. */
  readonly uncachedGateway: Ports["gateway"];
}

export interface BackgroundWork {
  /** Resolves when every loop has ended after the signal. */
  finished(): Promise<void>;
}

export async function startBackgroundWork(options: BackgroundWorkOptions): Promise<BackgroundWork> {
  const { db, bus, logger, scheduler, signal, settings, ports, metrics, outboxWakeUp, progress } = options;
  const { sagas, projections, consumers } = deploymentOf(modules, ports);
  await refuseChangedSagas({ db, logger, scheduler, signal, sagas, published: publishedSagas });
  const subscriptions = [...projections, ...consumers];
  const wakeUps = createWakeUps(scheduler);
  const onAppended = () => outboxWakeUp.notify();
  const stepTimeoutMs = settings.SAGA_STEP_TIMEOUT_MS;
  const engine = createSagaEngine({ db, logger, scheduler, sagas, stepTimeoutMs, onAppended });
  const relay: RelayOptions = {
    db,
    bus,
    logger,
    scheduler,
    owner: options.owner,
    batchSize: settings.RELAY_BATCH_SIZE,
    pollMs: settings.RELAY_POLL_MS,
    outboxWakeUp,
    onPublished({ delaysMs, types }) {
      for (const delayMs of delaysMs) metrics.publishLatency.observe(delayMs / 1_000);
      wakeUps.notify(types);
    },
    signal,
  };
  const onChanged = (projection: string, keys: readonly string[]) =>
    void announceChanges(db, projection, keys).catch((error: Error) =>
      logger.debug({ err: error.message }, "change notice lost; readers poll"),
    );
  const optionsOf = (subscription: Subscription): SubscriptionOptions => ({
    db: progress.watch(subscription.name, db),
    logger,
    scheduler,
    signal,
    batchSize: settings.CONSUMER_BATCH_SIZE,
    pollMs: settings.RELAY_POLL_MS,
    wakeUp: () => wakeUps.create([...catalogueOf(subscription).definitions.keys()]),
    onChanged,
    onAppended,
  });

  const payments = {
    db,
    gateway: options.uncachedGateway,
    clock: systemClock,
    graceMs: reconciliationGraceMs(settings.SAGA_STEP_TIMEOUT_MS),
    logger,
    scheduler,
    signal,
  };

  const jobs = { pool: options.pool, logger, scheduler, signal };
  const loops = [
    // Apart from the sagas' jobs: steps that wait for an answer never keep the relay waiting.
    runJobs({ ...jobs, concurrency: RELAY_SLOTS, tasks: { [RELAY_TASK]: () => relayTurn(relay) } }),
    runJobs({
      ...jobs,
      concurrency: settings.SAGA_CONCURRENCY,
      batched: true,
      tasks: {
        [SAGA_TASK]: (payload) => engine.runStep(payload as StepRef), // queued by `queueSteps` only
      },
    }),
    superviseRelay({ ...relay, db: progress.watch("relay supervision", db) }),
    followVersions({ db, logger, scheduler, signal }),
    sweepSagas({ db: progress.watch("saga sweeper", db), logger, scheduler, signal }),
    runDispatch({ db, logger, scheduler, signal, onStarted: () => outboxWakeUp.notify() }),
    runRebuilds({ db, logger, scheduler, signal, batchSize: settings.REBUILD_BATCH_SIZE, projections }),
    monitorProjections({
      db,
      logger,
      scheduler,
      signal,
      rule: alertRule(settings.PROJECTION_LAG_ALERT_MS / 1_000),
      ...(settings.ALERT_WEBHOOK_URL !== undefined && { notify: alertWebhook(settings.ALERT_WEBHOOK_URL) }),
    }),
    ...projections.map((projection) => runSubscription(projection, optionsOf(projection))),
    ...consumers.map((consumer) => bus.run(consumer, optionsOf(consumer))),
    runReleases({ db, logger, scheduler, signal, subscriptions, onChanged, onAppended }),
    runRetention({
      db,
      logger,
      scheduler,
      signal,
      everyMs: settings.RETENTION_EVERY_MS,
      outboxSeconds: settings.OUTBOX_RETENTION_SECONDS,
      inboxSeconds: settings.INBOX_RETENTION_SECONDS,
      letterSeconds: settings.DEAD_LETTER_RETENTION_SECONDS,
    }),
    runCartRetention({ db, logger, scheduler, signal, everyMs: settings.RETENTION_EVERY_MS }),
    runOrderLinks({ db, logger, scheduler, signal, mailer: ports.mailer, links: ports.links }),
    runPaymentWebhooks(payments),
    runReconciliation({ ...payments, ids: uuidGenerator, intervalMs: settings.RECONCILE_INTERVAL_MS }),
  ];
  return { finished: async () => void (await Promise.allSettled(loops)) };
}
