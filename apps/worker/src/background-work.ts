/** Starts every loop and task of the worker over the modules' list. Each loop survives a database that is away, and is started again when it hangs. */
import {
  MAIL_WAIT,
  modules,
  personalData,
  personalRetention,
  publishedSagas,
  reconciliationGraceMs,
  runDispatch,
  runErasures,
  runMailDelivery,
  runOrderLinks,
  runPaymentWebhooks,
  runReconciliation,
  WEBHOOK_WAIT,
} from "@tillstream/commerce";
import type { MailServer, Metrics, Ports } from "@tillstream/commerce";
import { pruneLimits } from "@tillstream/db";
import {
  alertRule,
  announceChanges,
  catalogueOf,
  createSagaEngine,
  deploymentOf,
  followVersions,
  kernelWaits,
  monitorProjections,
  RELAY_TASK,
  refuseChangedSagas,
  relayTurn,
  runJobs,
  runRebuilds,
  runReleases,
  runRetention,
  runSubscription,
  runWaitCuts,
  SAGA_TASK,
  superviseRelay,
  sweepSagas,
} from "@tillstream/eventing";
import type { EventBus, Keyring, RelayOptions, StepRef, Subscription, SubscriptionOptions } from "@tillstream/eventing";
import { mailsConfirm, systemClock, uuidGenerator } from "@tillstream/runtime";
import type { Database, Logger, LoopPorts, Scheduler, WakeUp, Watchdog } from "@tillstream/runtime";
import type pg from "pg";
import { alertWebhook } from "./alert-webhook.ts";
import type { Watchdogs } from "./http-server.ts";
import type { settings as workerSettings } from "./settings.ts";
import { createWakeUps } from "./wake-ups.ts";

/** One job of the relay is long, one slot is left for its successor. */
const RELAY_SLOTS = 2;
/** What a step's claim and record may take beside its call. */
const STEP_RECORD_MS_MAX = 120_000;

export interface BackgroundWorkOptions {
  readonly db: Database;
  readonly bus: EventBus;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly owner: string;
  readonly outboxWakeUp: WakeUp;
  readonly metrics: Metrics;
  readonly watchdogs: Watchdogs<Watchdog>;
  readonly signal: AbortSignal;
  readonly settings: typeof workerSettings;
  readonly ports: Ports;
  readonly keyring: Keyring;
  /** Without one, mails are kept and reach nobody. */
  readonly mailServer: MailServer | undefined;
  /** For comparing it with our books: what it says itself, nothing remembered. */
  readonly uncachedGateway: Ports["gateway"];
}

export interface BackgroundWork {
  /** Resolves when every loop has ended after the signal. */
  finished(): Promise<void>;
}

export async function startBackgroundWork(options: BackgroundWorkOptions): Promise<BackgroundWork> {
  const { db, bus, logger, scheduler, signal, settings, ports, metrics, outboxWakeUp, keyring, mailServer } = options;
  const { sagas, projections, consumers } = deploymentOf(modules, ports);
  await refuseChangedSagas({ db, logger, scheduler, signal, sagas, published: publishedSagas });
  const subscriptions = [...projections, ...consumers];
  const wakeUps = createWakeUps();
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
  const optionsOf = (subscription: Subscription, own: LoopPorts): SubscriptionOptions => ({
    ...own,
    logger,
    batchSize: settings.CONSUMER_BATCH_SIZE,
    pollMs: settings.RELAY_POLL_MS,
    wakeUp: () => wakeUps.create([...catalogueOf(subscription).definitions.keys()], own.scheduler),
    onChanged,
    onAppended,
  });
  const payments = {
    gateway: options.uncachedGateway,
    clock: systemClock,
    graceMs: reconciliationGraceMs(stepTimeoutMs),
    logger,
  };
  const retention = {
    everyMs: settings.RETENTION_EVERY_MS,
    outboxSeconds: settings.OUTBOX_RETENTION_SECONDS,
    inboxSeconds: settings.INBOX_RETENTION_SECONDS,
    letterSeconds: settings.DEAD_LETTER_RETENTION_SECONDS,
    further: [
      pruneLimits,
      ...personalRetention({
        mailDays: settings.MAIL_RETENTION_DAYS,
        orderDetailsDays: settings.ORDER_DETAILS_RETENTION_DAYS,
        mailsConfirm: mailsConfirm(),
      }),
    ],
  };
  const monitoring = {
    rule: alertRule(settings.PROJECTION_LAG_ALERT_MS / 1_000),
    ...(settings.ALERT_WEBHOOK_URL !== undefined && { notify: alertWebhook(settings.ALERT_WEBHOOK_URL) }),
  };

  const jobs = { pool: options.pool, logger, scheduler, signal };
  const loop = options.watchdogs.others.run;
  const subscribe = options.watchdogs.subscriptions.run;
  const loops = [
    // Apart from the sagas' jobs: steps that wait for an answer never keep the relay waiting.
    runJobs({ ...jobs, concurrency: RELAY_SLOTS, tasks: { [RELAY_TASK]: () => relayTurn(relay) } }),
    runJobs({
      ...jobs,
      concurrency: settings.SAGA_CONCURRENCY,
      batched: true,
      jobMsMax: stepTimeoutMs + STEP_RECORD_MS_MAX,
      tasks: {
        [SAGA_TASK]: (payload) => engine.runStep(payload as StepRef), // queued by `queueSteps` only
      },
    }),
    loop("relay supervision", (own) => superviseRelay({ ...relay, ...own })),
    loop("event versions", (own) => followVersions({ ...own, logger })),
    loop("saga sweeper", (own) => sweepSagas({ ...own, logger, sagas })),
    loop("waits", (own) =>
      runWaitCuts({ ...own, logger, waits: [...kernelWaits(sagas, subscriptions), WEBHOOK_WAIT, MAIL_WAIT] }),
    ),
    loop("dispatch", (own) => runDispatch({ ...own, logger, onStarted: onAppended })),
    loop("rebuilds", (own) => runRebuilds({ ...own, logger, batchSize: settings.REBUILD_BATCH_SIZE, projections })),
    loop("monitor", (own) => monitorProjections({ ...own, logger, ...monitoring })),
    ...projections.map((one) => subscribe(one.name, (own) => runSubscription(one, optionsOf(one, own)))),
    ...consumers.map((one) => subscribe(one.name, (own) => bus.run(one, optionsOf(one, own)))),
    loop("dead letters", (own) => runReleases({ ...own, logger, subscriptions, onChanged, onAppended })),
    loop("retention", (own) => runRetention({ ...own, logger, ...retention })),
    loop("erasures", (own) => runErasures({ ...own, logger, personalData })),
    loop("order links", (own) => runOrderLinks({ ...own, logger, mailer: ports.mailer, links: ports.links })),
    ...(mailServer === undefined
      ? []
      : [loop("mail delivery", (own) => runMailDelivery({ ...own, logger, keyring, server: mailServer }))]),
    loop("payment webhooks", (own) => runPaymentWebhooks({ ...own, ...payments })),
    loop("reconciliation", (own) =>
      runReconciliation({ ...own, ...payments, ids: uuidGenerator, intervalMs: settings.RECONCILE_INTERVAL_MS }),
    ),
  ];
  return { finished: async () => void (await Promise.all(loops)) };
}
