/**
 * The message relay: publishes committed events in order and marks them. It runs as a graphile-worker
 * task that holds the lease for a turn, then queues its successor. A worker that finds the lease
 * expired (`relaySupervision`) queues a new task, so a killed worker's locked job delays nothing.
 */
import { AT_ONCE, repeat, sql } from "@tillstream/runtime";
import type { Database, Logger, Loop, Scheduler, WakeUp } from "@tillstream/runtime";
import { BusUnavailableError } from "../bus/event-bus.ts";
import type { EventBus } from "../bus/event-bus.ts";
import type { PublishedBatch } from "../outbox/publish-batch.ts";
import { isTransient } from "../postgres/sql-errors.ts";
import { acquireRelayLease, releaseRelayLease, RELAY_LEASE_MS, whileKeepingLease } from "../outbox/lease.ts";
import type { RelayLease } from "../outbox/lease.ts";
import { PUBLISHABLE, quarantine } from "../outbox/quarantine.ts";

export const RELAY_TASK = "relay_outbox";
/** How long one task relays before it hands over to the next. */
const TURN_MS = 30_000;
const ERROR_BACKOFF_MS = 500;
/** A full batch means a backlog: the next is so many times as large, which costs less for each event, up to a size that is quick. */
const BACKLOG_FACTOR = 5;
const BACKLOG_BATCH_MAX = 2_000;

/** What a relay works with. */
export interface RelayOptions {
  readonly db: Database;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  /** Names this process; unique for each start of it. */
  readonly owner: string;
  readonly batchSize: number;
  readonly pollMs: number;
  /** Notified by each writer of the outbox. */
  readonly outboxWakeUp: WakeUp;
  /** Called after each batch that published something. */
  readonly onPublished: (batch: PublishedBatch) => void;
  readonly signal: AbortSignal;
}

/** One turn: relays until the turn is over, the lease is lost, or the process stops. */
export async function relayTurn(options: RelayOptions): Promise<void> {
  const { db, owner, signal, scheduler } = options;
  if (signal.aborted) return;
  const lease = await acquireRelayLease(db, owner);
  if (lease === undefined) return;
  const turnOver = new AbortController();
  void scheduler.sleep(TURN_MS, signal).then(() => turnOver.abort());
  const kept = await relayUntil(options, lease, turnOver.signal);
  // The new owner of the lease relays now: another task would only take it back.
  if (!kept) return;
  // The successor may run in another process, which must not wait for the lease to expire.
  await releaseRelayLease(db, lease);
  if (!signal.aborted) await queueRelay(db);
}

/** Relays until `over`; false as soon as the lease belongs to another owner. */
async function relayUntil(options: RelayOptions, lease: RelayLease, over: AbortSignal): Promise<boolean> {
  const { pollMs, outboxWakeUp } = options;
  const lost = new AbortController();
  let isBacklog = false;
  const relaying: Loop<RelayOptions> = {
    name: "relay",
    intervalMs: pollMs,
    backoffMs: ERROR_BACKOFF_MS,
    wakeUp: outboxWakeUp,
    async turn() {
      const large = Math.max(Math.min(options.batchSize * BACKLOG_FACTOR, BACKLOG_BATCH_MAX), options.batchSize);
      const size = isBacklog ? large : options.batchSize;
      const { owned, more } = await publishOrQuarantine({ ...options, batchSize: size }, lease, over);
      isBacklog = more;
      if (!owned) lost.abort();
      return more ? AT_ONCE : pollMs;
    },
  };
  await repeat(relaying, { ...options, signal: AbortSignal.any([over, lost.signal]) });
  return !lost.signal.aborted;
}

interface Turn {
  readonly owned: boolean;
  /** Whether there may be more to publish at once. */
  readonly more: boolean;
}

/** A batch; when it cannot be published, its rows one by one, so that only the row at fault and its aggregate wait. */
async function publishOrQuarantine(options: RelayOptions, lease: RelayLease, over: AbortSignal): Promise<Turn> {
  const { db, bus, batchSize, logger, onPublished } = options;
  const publish = (limit: number) => whileKeepingLease(options, lease, () => bus.publish(lease, limit));
  try {
    const batch = await publish(batchSize);
    if (batch.count > 0) onPublished(batch);
    return { owned: batch.owned, more: batch.count === batchSize };
  } catch (error) {
    if (isTransient(error) || error instanceof BusUnavailableError) throw error;
    logger.warn({ err: (error as Error).message }, "relay: a batch failed, publishing its events one by one");
  }
  for (let turn = 0; turn < batchSize && !over.aborted; turn += 1) {
    try {
      const one = await publish(1);
      if (!one.owned || one.count === 0) return { owned: one.owned, more: false };
      onPublished(one);
    } catch (error) {
      if (isTransient(error) || error instanceof BusUnavailableError) throw error;
      const eventId = await quarantine(db, lease, error);
      logger.error({ err: error, eventId }, "relay: an event cannot be published; its aggregate waits");
      if (eventId === undefined) throw error;
    }
  }
  return { owned: true, more: true };
}

/** Whether a publishable event has waited for so many seconds. */
export async function isRelayStalled(db: Pick<Database, "query">, seconds: number): Promise<boolean> {
  const [oldest] = await db.query<{ overdue: boolean }>(sql`
    SELECT created_at < now() - ${seconds} * interval '1 s' AS overdue
    FROM outbox_events outbox WHERE ${PUBLISHABLE} AND next_attempt_at IS NULL ORDER BY id LIMIT 1`);
  return oldest?.overdue ?? false;
}

/** Queues the relay's task; one waiting task at a time. */
export async function queueRelay(db: Pick<Database, "query">): Promise<void> {
  await db.query(sql`
    SELECT graphile_worker.add_job(${RELAY_TASK}, '{}'::json, job_key := 'relay:0', job_key_mode := 'replace', max_attempts := 1)`);
}

/** Queues the relay's task whenever the lease is free. */
export const relaySupervision: Loop = {
  name: "relay supervision",
  intervalMs: RELAY_LEASE_MS / 5,
  due: sql`NOT EXISTS (SELECT FROM relay_leases WHERE expires_at > now())`,
  async turn({ db }) {
    const held = await db.query(sql`SELECT FROM relay_leases WHERE expires_at > now()`);
    if (held.length === 0) await queueRelay(db);
  },
};
