/**
 * Everything that modules have running, on one database, by settings that suit most: what a small service starts. One that wants
 * other settings, ports or a bus of its own calls `assemble` and `startDeployment`.
 */
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { createLogger, createWakeUp, createWatchdog, systemScheduler, uuidGenerator } from "@tillstream/runtime";
import type { Database, Logger } from "@tillstream/runtime";
import { createPool, listen, poolDatabase } from "@tillstream/runtime/postgres";
import { runMigrations } from "graphile-worker";
import { createPostgresBus } from "../bus/postgres-bus.ts";
import { alertRule } from "../monitoring/alert-rule.ts";
import { createChangeNotices, createOutboxHint, OUTBOX_CHANNEL } from "../postgres/signals.ts";
import type { PublishedSagas } from "../saga/shape.ts";
import { STEP_TIMEOUT_MS_DEFAULT } from "../saga/definition.ts";
import { assemble } from "./assemble.ts";
import type { Module } from "./module.ts";
import { createDuty } from "../workers/duty.ts";
import { startDeployment } from "./start-deployment.ts";

const SCHEMA = new URL("../../schema.sql", import.meta.url);
const CONNECTIONS = 16;
const BATCH = 500;
const POLL_MS = 1_000;
const LAG_ALERT_SECONDS = 5;
const HOUR_S = 3_600;
const RETENTION = {
  everyMs: 600_000,
  outboxSeconds: 24 * HOUR_S,
  inboxSeconds: 720 * HOUR_S,
  deadLetterSeconds: 720 * HOUR_S,
};

/** Where modules run, and what they log with. */
export interface StartModulesOptions {
  /** Of a database that `createSchema` has been run on. */
  readonly url: string;
  /** Silent without one. */
  readonly logger?: Logger;
  /** Of the program, as the list of workers has it. */
  readonly version?: string;
  /** The sagas as earlier deployments had them, which may not have changed. */
  readonly publishedSagas?: PublishedSagas;
}

/** What `startModules` has started. */
export interface RunningModules {
  readonly db: Database;
  /** The id of this worker: what draining it names. */
  readonly worker: string;
  /** Says that something was appended: without it the relay polls once a second. */
  hintOutbox(): void;
  /** Lets what is under way come to its end. */
  stop(): Promise<void>;
}

/** Creates the kernel's tables and those of the job queue in an empty database. */
export async function createSchema(url: string): Promise<void> {
  const pool = createPool({ url, max: 1, applicationName: "schema" });
  try {
    await pool.query(await readFile(SCHEMA, "utf8"));
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}

/** Rejects where two modules have a part of one name, or a saga has changed under its version. */
export async function startModules<Ports>(
  modules: readonly Module<Ports>[],
  ports: Ports,
  { url, logger = createLogger("modules", "silent"), version = "", publishedSagas = {} }: StartModulesOptions,
): Promise<RunningModules> {
  await using started = new AsyncDisposableStack();
  const pool = createPool({ url, max: CONNECTIONS, applicationName: "modules" }, logger);
  started.defer(() => pool.end());
  const db = poolDatabase(pool);
  const stopping = new AbortController();
  const loop = { db, logger, scheduler: systemScheduler, signal: stopping.signal };
  const outboxWakeUp = createWakeUp(systemScheduler);
  const onAppended = () => outboxWakeUp.notify();
  const listener = listen(url, { [OUTBOX_CHANNEL]: onAppended }, logger);
  started.defer(() => listener.close());
  const signals = { onChanged: createChangeNotices(db, logger), onAppended };
  const monitoring = { rule: alertRule(LAG_ALERT_SECONDS) };
  const kernel = { monitoring, rebuildBatchSize: BATCH, retention: RETENTION, deletions: [], ...signals };
  const owner = uuidGenerator.next();
  const work = await startDeployment(assemble(modules, ports, kernel), {
    ...loop,
    ...signals,
    pool,
    bus: createPostgresBus(db),
    owner,
    identity: { version, host: hostname(), pid: process.pid },
    duty: createDuty(),
    outboxWakeUp,
    watchdogs: { subscriptions: createWatchdog(loop), others: createWatchdog(loop) },
    publishedSagas,
    relayBatchSize: BATCH,
    consumerBatchSize: BATCH,
    pollMs: POLL_MS,
    sagaConcurrency: CONNECTIONS / 2,
    stepTimeoutMs: STEP_TIMEOUT_MS_DEFAULT,
    onPublished: () => undefined,
  });
  started.defer(() => work.finished());
  started.defer(() => stopping.abort());
  const running = started.move();
  return { db, worker: owner, hintOutbox: createOutboxHint(db, logger), stop: () => running.disposeAsync() };
}
