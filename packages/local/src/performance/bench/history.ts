/** The event store beside what Postgres itself can do: appends, the relay, replay, rebuild, loading with snapshots. */
import { accountAggregate, projections } from "@tillstream/commerce";
import {
  acquireRelayLease,
  appendEvents,
  fromEvents,
  loadAggregate,
  createPostgresBus,
  readLog,
  readStream,
  rebuildSteps,
  registerSubscription,
  requestRebuild,
  writeSnapshot,
} from "@tillstream/eventing";
import type { NewEvent } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { fillHistory } from "../plans/fill.ts";
import type { Comparison } from "./measure.ts";
import { jobsPerSecond } from "./graphile.ts";
import { compare, compareAll, load } from "./measure.ts";
import { createBenchShop } from "./shop.ts";
import type { BenchShop } from "./shop.ts";

type AccountEvent = Parameters<typeof accountAggregate.decider.evolve>[1];

const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };
/** As the relay takes of a backlog, by its default. */
const RELAY_BATCH = 500;
const LOCAL_QUEUE = 500;
/** Published, read or worked off in one round. */
const RELAYED = 10_000;
const READ_BATCH = 2_000;
/** The events that the rebuild folds, in fours; the measured appends come later, since it would only pass them by. */
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
  yield await benchRebuild(db, options);
  yield await benchAppends(db, options);
  yield* await benchRelay(shop, options);
  yield* benchLoading(db, options);
}

function benchAppends(db: Database, { rounds, milliseconds }: HistoryBenchOptions): Promise<Comparison> {
  const callers = 16;
  return compare({
    name: `append one event, ${callers} callers`,
    unit: "appends/s",
    referenceName: "raw prepared insert of the event and its outbox row",
    reach: ">= 0.85",
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
        return db.query(sql`
          WITH event AS (INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
            VALUES (${`${id}:1`}, ${id}, 'bench', 1, 'MoneyDeposited', 1, '{"accountId": "x", "amount": 1}', ${JSON.stringify(metadata)}::jsonb))
          INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES (${`${id}:1`}, 'MoneyDeposited', ${id}, '{"accountId": "x", "amount": 1}')`);
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

/** Publishes what waits; what is read and what is worked off is of the same number. */
async function benchRelay(shop: BenchShop, { rounds }: HistoryBenchOptions): Promise<Comparison[]> {
  const { database: db } = shop;
  const bus = createPostgresBus(db);
  const lease = await acquireRelayLease(db, "bench");
  if (lease === undefined) throw new Error("the relay's lease is taken");
  const drain = async () => {
    while ((await bus.publish(lease, RELAY_BATCH)).count > 0);
  };
  await drain();
  const rate = async (work: () => Promise<void>) => RELAYED / ((await timed(work)) / 1_000);
  let read = 0;
  const name = `relay drains ${RELAYED} events`;
  return compareAll(
    {
      name,
      unit: "events/s",
      rounds,
      async ours(round) {
        await history(db, `relayed-${round}`, RELAYED);
        read = await rate(() => readOutbox(db));
        return rate(drain);
      },
    },
    [
      { referenceName: "ordered read of the same rows", reach: ">= 0.4", reference: async () => read },
      {
        referenceName: "no-op jobs of graphile-worker with a local queue of 500",
        reach: ">= 3",
        reference: () => jobsPerSecond(shop, RELAYED, { task: () => undefined, localQueue: LOCAL_QUEUE }),
      },
    ],
  );
}

async function readOutbox(db: Database): Promise<void> {
  for (let after = 0, more = true; more;) {
    const rows = await db.query<{ id: number }>(sql`
      SELECT outbox.id, event.* FROM outbox_events outbox JOIN events event USING (event_id)
      WHERE NOT published AND outbox.id > ${after} ORDER BY outbox.id LIMIT ${RELAY_BATCH}`);
    after = rows.at(-1)?.id ?? after;
    more = rows.length === RELAY_BATCH;
  }
}

async function benchRebuild(db: Database, { rounds }: HistoryBenchOptions): Promise<Comparison> {
  const projection = projections.find(({ name }) => name === "order_view");
  if (projection === undefined) throw new Error("order_view is not assembled");
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
          await Array.fromAsync(rebuildSteps(db, projection, READ_BATCH));
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
    reach: "<= 1.1",
    rounds,
    ours: loads(long),
    reference: loads(short),
  });
  yield await compare({
    name: "load of 100 events",
    unit: "loads/s",
    referenceName: "their fold from one plain read, as Emmett does it",
    reach: ">= 1",
    rounds,
    ours: async () => 1_000 / (await loads(short)()),
    reference: async () => 1_000 / ((await timed(() => foldPlainly(db, short, times))) / times),
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

/** No snapshot, no schema and no older version of an event. */
async function foldPlainly(db: Database, accountId: string, times: number): Promise<void> {
  const { decider, streamId } = accountAggregate;
  for (let time = 0; time < times; time += 1) {
    const events = await db.query<AccountEvent>(sql`
      SELECT type, data, metadata, version, event_id FROM events WHERE stream_id = ${streamId(accountId)} ORDER BY version`);
    events.reduce(decider.evolve, decider.initialState);
  }
}
