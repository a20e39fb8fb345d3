/** Events beside writers that roll back and a transaction that stays open: how long they take, whether one is lost, and what they leave in the tables. */
import { appendEvents, catchUp, defineConsumer, on, prune, publishAll } from "@tillstream/eventing";
import { createLogger, raw, sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { runOrdering, Ticked } from "../../resilience/faults/ordering.ts";
import { percentile } from "../traffic/shoppers.ts";
import type { Figure } from "./measure.ts";
import { createBenchShop } from "./shop.ts";

const PACED_PER_SECOND = 400;
const SECONDS = 12;
const OPEN_MS = 2_500;
const SIZED_EVENTS = 200_000;
const EVENTS_PER_APPEND = 1_000;
const TABLES = ["outbox_events", "processed_events", "event_log", "events"] as const;
const MEGABYTE = 1_048_576;
const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };

const ascending = (values: readonly number[]) => values.toSorted((left, right) => left - right);
const ms = (value: number) => `${value.toFixed(1)} ms`;

/** Hints on, 400 events a second from eight writers, one in ten rolled back. */
export async function* benchDelivery(): AsyncGenerator<Figure> {
  await using shop = await createBenchShop({ empty: true });
  const run = await runOrdering({
    db: shop.database,
    writers: 8,
    streams: 200,
    rollbackShare: 0.1,
    seconds: SECONDS,
    openTransactionMs: OPEN_MS,
    consumers: 1,
    eventsPerSecond: PACED_PER_SECOND,
    hints: true,
  });
  const [usual, whileOpen] = [ascending(run.delaysMs), ascending(run.delaysWhileOpenMs)];
  const [p50, p99, p99Open] = [percentile(usual, 0.5), percentile(usual, 0.99), percentile(whileOpen, 0.99)];
  yield {
    name: `commit -> handler beside rollbacks, paced ${PACED_PER_SECOND}/s`,
    measured: `p50 ${ms(p50)}, p99 ${ms(p99)}`,
    reach: "(reported)",
  };
  yield {
    name: "the same beside a transaction held open for 2.5 s",
    measured: `p99 ${ms(p99Open)}, ${(p99Open / p99).toFixed(2)} of the usual`,
    reach: "<= 1.2",
  };
  yield {
    name: "lost, duplicated or disordered; lost by a reader by id",
    measured: `${run.committed.size - new Set(run.seen[0]).size} of ${run.committed.size}; ${run.committed.size - run.seenNaively.size}`,
    reach: "0; more than 0",
  };
}

/** The tables after 200,000 events went through relay and consumer, and again after the retention has been by. */
export async function* benchSizes(): AsyncGenerator<Figure> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db } = shop;
  for (let done = 0; done < SIZED_EVENTS; done += EVENTS_PER_APPEND) {
    const events = Array.from({ length: EVENTS_PER_APPEND }, () => Ticked.create({}));
    await appendEvents(db, {
      streamId: `sized-${done}`,
      streamType: "sized",
      expectedVersion: "new",
      events,
      metadata,
    });
  }
  const published = await rate(() => publishAll(db));
  yield {
    name: `relay drains ${SIZED_EVENTS} events`,
    measured: `${published.toFixed(0)} events/s`,
    reach: "(reported)",
  };
  const consumer = defineConsumer("sized", [on(Ticked, () => undefined)]);
  const consumed = await rate(() => catchUp(db, createLogger("bench", "silent"), consumer));
  yield {
    name: "a consumer of two partitions takes them",
    measured: `${consumed.toFixed(0)} events/s`,
    reach: "(reported)",
  };
  yield { name: "tables then", measured: await sizes(db), reach: "(reported)" };
  await db.query(sql`UPDATE outbox_events SET published_at = now() - interval '2 days' WHERE published`);
  await db.query(sql`UPDATE processed_events SET processed_at = now() - interval '30 days'`);
  await prune(db, { outboxSeconds: 86_400, inboxSeconds: 604_800, deadLetterSeconds: 604_800 });
  for (const table of TABLES) await db.query(sql`VACUUM ${raw(table)}`);
  yield { name: "tables after the retention", measured: await sizes(db), reach: "outbox near 0" };
}

async function rate(work: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const count = await work();
  return count / ((performance.now() - started) / 1_000);
}

async function sizes(db: Database): Promise<string> {
  const rows = await db.query<{ name: string; bytes: number }>(sql`
    SELECT relname::text AS name, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relname = ANY(${[...TABLES]}::text[]) ORDER BY relname`);
  return `${rows.map(({ name, bytes }) => `${name} ${(bytes / MEGABYTE).toFixed(0)}`).join(", ")} MB`;
}
