/** The event store beside what Postgres itself can do: appends, the relay, replay, rebuild, loading with snapshots. */
import { accountAggregate, modules } from "@tillstream/commerce";
import {
  acquireRelayLease,
  appendEvents,
  catalogueOf,
  fromEvents,
  loadAggregate,
  createPostgresBus,
  readLog,
  readStream,
  rebuildNext,
  registerSubscription,
  requestRebuild,
  writeSnapshot,
} from "@tillstream/eventing";
import type { NewEvent } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { fillHistory } from "../plans/fill.ts";
import type { Comparison } from "./measure.ts";
import { compare, load } from "./measure.ts";
import { createBenchShop } from "./shop.ts";

const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };
const RELAY_BATCH = 500;
const READ_BATCH = 2_000;
/** What the rebuild folds, in fours; the appends that were measured come on top and are none of its business. */
const ORDER_EVENTS = 40_000;

function deposit(accountId: string, amount = 1): NewEvent {
  return { type: "MoneyDeposited", schemaVersion: 1, data: { accountId, amount } };
}

async function history(db: Database, accountId: string, events: number): Promise<void> {
  const created: NewEvent = { type: "AccountCreated", schemaVersion: 1, data: { accountId, currency: "USD" } };
  const streamId = accountAggregate.streamId(accountId);
  const all = [created, ...Array.from({ length: events - 1 }, () => deposit(accountId))];
  for (let start = 0; start < all.length; start += 1_000) {
    const expectedVersion = start === 0 ? "new" : start;
    await appendEvents(db, {
      streamId,
      streamType: "account",
      expectedVersion,
      events: all.slice(start, start + 1_000),
      metadata,
    });
  }
}

export interface HistoryBenchOptions {
  readonly rounds: number;
  readonly milliseconds: number;
}

export async function* benchHistory(options: HistoryBenchOptions): AsyncGenerator<Comparison> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db } = shop;
  await fillHistory(db, ORDER_EVENTS);
  yield await benchAppends(db, options);
  yield await benchRelay(db);
  yield await benchRebuild(db, options);
  yield* benchLoading(db, options);
}

function benchAppends(db: Database, { rounds, milliseconds }: HistoryBenchOptions): Promise<Comparison> {
  const callers = 16;
  return compare({
    name: `append one event, ${callers} callers`,
    unit: "appends/s",
    referenceName: "raw prepared insert of the event and its outbox row",
    reach: "(reported)",
    rounds,
    async ours(round) {
      const append = (index: number) =>
        appendEvents(db, {
          streamId: `bench-${round}-${index}`,
          streamType: "bench",
          expectedVersion: "new",
          events: [deposit("x")],
          metadata,
        });
      return (await load(callers, milliseconds, append)).perSecond;
    },
    async reference(round) {
      const insert = (index: number) => {
        const id = `raw-${round}-${index}`;
        return db.query(
          sql`
          WITH event AS (INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
            VALUES (${`${id}:1`}, ${id}, 'bench', 1, 'MoneyDeposited', 1, '{"accountId": "x", "amount": 1}', ${JSON.stringify(metadata)}::jsonb))
          INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES (${`${id}:1`}, 'MoneyDeposited', ${id}, '{"accountId": "x", "amount": 1}')`,
          { prepared: true },
        );
      };
      return (await load(callers, milliseconds, insert)).perSecond;
    },
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Publishes whatever waits, and reads it once in order for the reference. */
async function benchRelay(db: Database): Promise<Comparison> {
  const [waiting] = await db.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM outbox_events WHERE NOT published`,
  );
  const count = waiting?.count ?? 0;
  const read = await timed(async () => {
    for (let after = 0, more = true; more;) {
      const rows = await db.query<{ id: number }>(sql`
        SELECT outbox.id, event.* FROM outbox_events outbox JOIN events event USING (event_id)
        WHERE NOT published AND outbox.id > ${after} ORDER BY outbox.id LIMIT ${RELAY_BATCH}`);
      after = rows.at(-1)?.id ?? after;
      more = rows.length === RELAY_BATCH;
    }
  });
  const bus = createPostgresBus(db);
  const lease = await acquireRelayLease(db, "bench");
  if (lease === undefined) throw new Error("the relay's lease is taken");
  const drained = await timed(async () => {
    while ((await bus.publish(lease, RELAY_BATCH)).count > 0);
  });
  const rate = (milliseconds: number) => count / (milliseconds / 1_000);
  return {
    name: `relay drains ${count} events`,
    unit: "events/s",
    ours: rate(drained),
    reference: rate(read),
    referenceName: "ordered read of the same rows",
    reach: ">= 0.3",
    ratio: read / drained,
  };
}

async function benchRebuild(db: Database, { rounds }: HistoryBenchOptions): Promise<Comparison> {
  const projection = modules.flatMap((module) => module.projections).find(({ name }) => name === "order_view");
  if (projection === undefined) throw new Error("there is no order_view");
  const [head] = await db.query<{ position: number }>(sql`SELECT position FROM event_log_head`);
  const events = head?.position ?? 0;
  await registerSubscription(db, projection);
  await db.query(sql`UPDATE projection_checkpoints SET position = ${events} WHERE projection = ${projection.name}`);
  const rate = (milliseconds: number) => events / (milliseconds / 1_000);
  return compare({
    name: `rebuild of order_view over ${events} events`,
    unit: "events/s",
    referenceName: "read of the same events",
    reach: ">= 0.5",
    rounds,
    ours: async () =>
      rate(
        await timed(async () => {
          await requestRebuild(db, [projection], projection.name, "bench");
          while ((await rebuildNext(db, projection, catalogueOf(projection), READ_BATCH))?.swapped === false);
        }),
      ),
    reference: async () =>
      rate(
        await timed(async () => {
          for (let after = 0; after < events;)
            after = (await readLog(db, after, READ_BATCH)).at(-1)?.position ?? events;
        }),
      ),
  });
}

/** Loading a long account with its snapshot, beside a short one; and replaying it whole, beside reading it. */
async function* benchLoading(db: Database, { rounds }: HistoryBenchOptions): AsyncGenerator<Comparison> {
  const [long, short] = ["bench-long", "bench-short"];
  await history(db, long, 10_000);
  await history(db, short, 100);
  const longStream = accountAggregate.streamId(long);
  const whole = fromEvents(accountAggregate, await readStream(db, longStream));
  const at = await loadAggregate(db, accountAggregate, longStream, { version: 9_950 });
  await writeSnapshot(db, accountAggregate, longStream, at);
  const times = 20;
  const loads =
    (accountId: string, aggregate = accountAggregate) =>
    async () => {
      const milliseconds = await timed(async () => {
        for (let time = 0; time < times; time += 1)
          await loadAggregate(db, aggregate, accountAggregate.streamId(accountId));
      });
      return milliseconds / times;
    };
  const withoutSnapshots = { ...accountAggregate, stateVersion: -1 };
  yield await compare({
    name: "load of 10,000 events with a snapshot",
    unit: "ms",
    referenceName: "load of 100 events",
    reach: "<= 1.5",
    rounds,
    ours: loads(long),
    reference: loads(short),
  });
  yield await compare({
    name: "load of 10,000 events without a snapshot",
    unit: "ms",
    referenceName: "load of 100 events",
    reach: "(reported)",
    rounds,
    ours: loads(long, withoutSnapshots),
    reference: loads(short),
  });
  yield await compare({
    name: `replay of ${whole.version} events`,
    unit: "events/s",
    referenceName: "read of the same events",
    reach: "(reported)",
    rounds,
    ours: async () => 10_000 / ((await loads(long, withoutSnapshots)()) / 1_000),
    reference: async () => 10_000 / ((await timed(async () => void (await readStream(db, longStream)))) / 1_000),
  });
}
