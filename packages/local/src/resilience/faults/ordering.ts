/**
 * Concurrent writers to hot streams, some of whom roll back, beside a transaction that stays open: what every consumer
 * saw, how long events took from their commit, and what a reader that polls by id would have lost.
 */
import {
  ConcurrencyError,
  appendEvents,
  createPostgresBus,
  defineConsumer,
  defineEvent,
  on,
  relayTurn,
} from "@tillstream/eventing";
import { createLogger, createWakeUp, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, WakeUp } from "@tillstream/runtime";
import { z } from "zod";

export const Ticked = defineEvent("Ticked", z.object({}));

export interface OrderingOptions {
  readonly db: Database;
  readonly writers: number;
  readonly streams: number;
  /** The share of transactions that are rolled back. */
  readonly rollbackShare: number;
  readonly seconds: number;
  /** How long one transaction, which has written an event, stays open; from a third of the run. 0 for none. */
  readonly openTransactionMs: number;
  readonly consumers: number;
  /** All writers together; without it as fast as they can. */
  readonly eventsPerSecond?: number;
  /** False: no hints are sent, and everything is found by polls. */
  readonly hints: boolean;
}

export interface OrderingRun {
  /** Ids of the events that were committed. */
  readonly committed: ReadonlySet<string>;
  /** The ids that each consumer handled, in its order. */
  readonly seen: readonly (readonly string[])[];
  /** The ids that a reader by `id > last` saw. */
  readonly seenNaively: ReadonlySet<string>;
  /** Milliseconds from the return of the commit to the handler of the first consumer, outside of the open transaction and during it. */
  readonly delaysMs: readonly number[];
  readonly delaysWhileOpenMs: readonly number[];
}

const POLL_MS = 1_000;
const NAIVE_POLL_MS = 5;
const RETRIES_MAX = 50;
const DRAIN_MS_MAX = 30_000;
const DRAIN_POLL_MS = 20;
const logger = createLogger("ordering", "silent");
const metadata = { correlationId: "ordering", causationId: "ordering", actor: "system" };

/** Never hints. */
const deaf: WakeUp = { notify: () => undefined, wait: (ms, signal) => systemScheduler.sleep(ms, signal) };

export async function runOrdering(options: OrderingOptions): Promise<OrderingRun> {
  const { db, consumers, hints, seconds, openTransactionMs } = options;
  await db.query(
    sql`CREATE TABLE IF NOT EXISTS ordering_seen (consumer int, event_id text, id bigint GENERATED ALWAYS AS IDENTITY)`,
  );
  const stop = new AbortController();
  const handledAt = new Map<string, number>();
  const committedAt = new Map<string, number>();
  const wakeUps: WakeUp[] = [];
  const wakeUp = () => {
    const created = hints ? createWakeUp(systemScheduler) : deaf;
    wakeUps.push(created);
    return created;
  };
  const outboxWakeUp = hints ? createWakeUp(systemScheduler) : deaf;
  const bus = createPostgresBus(db);
  const common = { db, logger, scheduler: systemScheduler, signal: stop.signal, pollMs: POLL_MS };
  const running = [
    relayTurn({
      ...common,
      bus,
      owner: "ordering",
      batchSize: 100,
      outboxWakeUp,
      onPublished: () => wakeUps.forEach((each) => each.notify()),
    }),
    ...Array.from({ length: consumers }, (_, index) =>
      bus.run(
        defineConsumer(`ordering-${index}`, [
          on(Ticked, async (tx, { eventId }) => {
            if (index === 0) handledAt.set(eventId, performance.now());
            await tx.query(sql`INSERT INTO ordering_seen (consumer, event_id) VALUES (${index}::int, ${eventId})`);
          }),
        ]),
        { ...common, batchSize: 200, wakeUp },
      ),
    ),
  ];
  const naive = readNaively(db, stop.signal);
  const until = performance.now() + seconds * 1_000;
  const onCommit = (eventId: string) => {
    committedAt.set(eventId, performance.now());
    outboxWakeUp.notify();
  };
  const open = holdTransactionOpen(options, onCommit);
  await Promise.all(Array.from({ length: options.writers }, (_, writer) => write(options, writer, until, onCommit)));
  const { from, to } = await open;
  await drained(db, consumers, committedAt.size);
  stop.abort();
  await Promise.all(running);
  const delays = [...committedAt].map(([eventId, at]) => ({ at, delay: (handledAt.get(eventId) ?? Infinity) - at }));
  const whileOpen = ({ at }: { at: number }) => openTransactionMs > 0 && at >= from && at < to;
  return {
    committed: new Set(committedAt.keys()),
    seen: await Promise.all(Array.from({ length: consumers }, (_, index) => seenBy(db, index))),
    seenNaively: await naive,
    delaysMs: delays.filter((each) => !whileOpen(each)).map(({ delay }) => delay),
    delaysWhileOpenMs: delays.filter(whileOpen).map(({ delay }) => delay),
  };
}

async function write(
  { db, streams, rollbackShare, eventsPerSecond, writers }: OrderingOptions,
  writer: number,
  until: number,
  onCommit: (eventId: string) => void,
): Promise<void> {
  const pauseMs = eventsPerSecond === undefined ? 0 : (writers / eventsPerSecond) * 1_000;
  let due = performance.now();
  for (let turn = 0; performance.now() < until; turn += 1) {
    const rollsBack = (turn * 7 + writer) % 100 < rollbackShare * 100;
    const version = await appendTo(db, `hot-${(turn + writer) % streams}`, rollsBack);
    if (version !== undefined) onCommit(version);
    due += pauseMs;
    await systemScheduler.sleep(Math.max(0, due - performance.now()));
  }
}

class RolledBack extends Error {}

/** Appends one event at whatever version the stream has; returns its id, or undefined when it was rolled back. */
async function appendTo(db: Database, streamId: string, rollsBack: boolean): Promise<string | undefined> {
  for (let attempt = 0; attempt < RETRIES_MAX; attempt += 1) {
    try {
      return await db.transaction(async (tx) => {
        const rows = await tx.query<{ version: number }>(
          sql`SELECT coalesce(max(version), 0) AS version FROM events WHERE stream_id = ${streamId}`,
        );
        const version = rows[0]?.version ?? 0;
        const expectedVersion = version === 0 ? "new" : version;
        await appendEvents(tx, { streamId, streamType: "hot", expectedVersion, events: [Ticked.create({})], metadata });
        if (rollsBack) throw new RolledBack();
        return `${streamId}:${version + 1}`;
      });
    } catch (error) {
      if (error instanceof RolledBack) return undefined;
      if (!(error instanceof ConcurrencyError)) throw error;
    }
  }
  return undefined;
}

/** A transaction with an event in it, which takes a low outbox id and commits late. */
async function holdTransactionOpen(
  { db, seconds, openTransactionMs }: OrderingOptions,
  onCommit: (eventId: string) => void,
): Promise<{ from: number; to: number }> {
  if (openTransactionMs === 0) return { from: 0, to: 0 };
  await systemScheduler.sleep((seconds * 1_000) / 3);
  const from = performance.now();
  await db.transaction(async (tx) => {
    await appendEvents(tx, {
      streamId: "late",
      streamType: "hot",
      expectedVersion: "new",
      events: [Ticked.create({})],
      metadata,
    });
    await systemScheduler.sleep(openTransactionMs);
  });
  onCommit("late:1");
  return { from, to: performance.now() };
}

/** What many a home-made relay does. */
async function readNaively(db: Database, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (let after = 0; !signal.aborted;) {
    const rows = await db.query<{ id: number; eventId: string }>(
      sql`SELECT id, event_id AS "eventId" FROM outbox_events WHERE id > ${after} ORDER BY id`,
    );
    for (const { eventId } of rows) seen.add(eventId);
    after = rows.at(-1)?.id ?? after;
    await systemScheduler.sleep(NAIVE_POLL_MS, signal);
  }
  return seen;
}

async function drained(db: Database, consumers: number, committed: number): Promise<void> {
  for (let waited = 0; waited < DRAIN_MS_MAX; waited += DRAIN_POLL_MS) {
    const [row] = await db.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM ordering_seen`);
    if ((row?.count ?? 0) >= committed * consumers) return;
    await systemScheduler.sleep(DRAIN_POLL_MS);
  }
}

async function seenBy(db: Database, consumer: number): Promise<string[]> {
  const rows = await db.query<{ eventId: string }>(
    sql`SELECT event_id AS "eventId" FROM ordering_seen WHERE consumer = ${consumer}::int ORDER BY id`,
  );
  return rows.map(({ eventId }) => eventId);
}

/** Ids of events that came before an earlier version of their stream. */
export function outOfOrder(seen: readonly string[]): string[] {
  const last = new Map<string, number>();
  return seen.filter((eventId) => {
    const at = eventId.lastIndexOf(":");
    const [streamId, version] = [eventId.slice(0, at), Number(eventId.slice(at + 1))];
    const wrong = version !== (last.get(streamId) ?? 0) + 1;
    last.set(streamId, Math.max(version, last.get(streamId) ?? 0));
    return wrong;
  });
}
