/** What runs in the background of this process: the shop's modules, by this process' settings. */
import { busCheck, cacheCheck, disturb, modules, publishedSagas } from "@tillstream/commerce";
import type { Metrics, Ports } from "@tillstream/commerce";
import { pruneLimits } from "@tillstream/db";
import { alertRule, assemble, createChangeNotices, startDeployment } from "@tillstream/eventing";
import type { BackgroundWork, Duty, EventBus, WorkerIdentity } from "@tillstream/eventing";
import { environmentSettings, monotonicMs, readEnv, uuidGenerator } from "@tillstream/runtime";
import type { Cache, LoopPorts, WakeUp, Watchdog } from "@tillstream/runtime";
import type pg from "pg";
import { alertWebhook } from "./alert-webhook.ts";
import type { Watchdogs } from "./http-server.ts";
import { post } from "./post.ts";
import type { settings as workerSettings } from "./settings.ts";

export interface BackgroundWorkOptions extends LoopPorts {
  readonly bus: EventBus;
  readonly cache: Cache;
  readonly pool: pg.Pool;
  readonly owner: string;
  readonly identity: WorkerIdentity;
  readonly duty: Duty;
  readonly outboxWakeUp: WakeUp;
  readonly metrics: Metrics;
  readonly watchdogs: Watchdogs<Watchdog>;
  readonly settings: typeof workerSettings;
  readonly ports: Ports;
}

export function startBackgroundWork({
  settings,
  ports,
  metrics,
  cache,
  ...options
}: BackgroundWorkOptions): Promise<BackgroundWork> {
  const { onAppended } = ports;
  const onChanged = createChangeNotices(options.db, options.logger);
  const undisturbed = { modules, bus: options.bus, subscriptions: options.watchdogs.subscriptions };
  const { bus, subscriptions, ...parts } = readEnv(environmentSettings).TILLSTREAM_LOCAL
    ? disturb(undisturbed, {
        gatewayUrl: settings.GATEWAY_URL,
        shopUrl: settings.SHOP_URL,
        post,
        random: Math.random,
        now: monotonicMs,
        newId: () => uuidGenerator.next(),
      })
    : undisturbed;
  const deployment = assemble(parts.modules, ports, {
    monitoring: {
      rule: alertRule(settings.PROJECTION_LAG_ALERT_MS / 1_000),
      checking: {
        stepTimeoutMs: settings.SAGA_STEP_TIMEOUT_MS,
        thresholds: settings.ALERT_THRESHOLDS,
        checks: [cacheCheck(cache, "worker"), ...busCheck(options.bus)],
      },
      ...(settings.ALERT_WEBHOOK_URL !== undefined && { notify: alertWebhook(settings.ALERT_WEBHOOK_URL) }),
    },
    rebuildBatchSize: settings.REBUILD_BATCH_SIZE,
    retention: {
      everyMs: settings.RETENTION_EVERY_MS,
      outboxSeconds: settings.OUTBOX_RETENTION_SECONDS,
      inboxSeconds: settings.INBOX_RETENTION_SECONDS,
      deadLetterSeconds: settings.DEAD_LETTER_RETENTION_SECONDS,
    },
    deletions: [pruneLimits],
    onChanged,
    onAppended,
  });
  return startDeployment(deployment, {
    ...options,
    bus,
    watchdogs: { ...options.watchdogs, subscriptions },
    publishedSagas,
    relayBatchSize: settings.RELAY_BATCH_SIZE,
    consumerBatchSize: settings.CONSUMER_BATCH_SIZE,
    pollMs: settings.RELAY_POLL_MS,
    sagaConcurrency: settings.SAGA_CONCURRENCY,
    stepTimeoutMs: settings.SAGA_STEP_TIMEOUT_MS,
    onPublished({ delaysMs }) {
      for (const delayMs of delaysMs) metrics.publishLatency.observe(delayMs / 1_000);
    },
    onChanged,
    onAppended,
  });
}
