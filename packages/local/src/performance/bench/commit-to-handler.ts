/** From the commit to the handler: events of a deployment beside jobs that are added in the transaction of the same rows. */
import { sql, systemScheduler } from "@tillstream/runtime";
import { percentile } from "../traffic/shoppers.ts";
import { startConsumer, tick } from "./deployment.ts";
import { queueIsEmpty, runQueue } from "./graphile.ts";
import { compare, median } from "./measure.ts";
import type { Measured } from "./measure.ts";
import { createBenchShop } from "./shop.ts";
import type { BenchShop } from "./shop.ts";

const FAST_PER_SECOND = 400;
const ARRIVAL_MS_MAX = 30_000;
const LOOK_MS = 5;

interface Pace {
  readonly perSecond: number;
  readonly milliseconds: number;
}

interface Way {
  /** Resolves after its commit. */
  write(id: string): Promise<void>;
  /** When each id has reached its handler. */
  readonly arrivals: ReadonlyMap<string, number>;
}

/** Milliseconds from the commit to the handler, in ascending order. */
async function delaysOf({ write, arrivals }: Way, { perSecond, milliseconds }: Pace): Promise<number[]> {
  const committed = new Map<string, number>();
  const started = performance.now();
  const writing: Promise<void>[] = [];
  async function commit(): Promise<void> {
    const id = crypto.randomUUID();
    await write(id);
    committed.set(id, performance.now());
  }
  for (let due = 0; due < milliseconds; due += 1_000 / perSecond) {
    await systemScheduler.sleep(Math.max(0, started + due - performance.now()));
    writing.push(commit());
  }
  await Promise.all(writing);
  const end = performance.now() + ARRIVAL_MS_MAX;
  while ([...committed.keys()].some((id) => !arrivals.has(id))) {
    if (performance.now() > end) throw new Error(`what was committed has not arrived after ${ARRIVAL_MS_MAX} ms`);
    await systemScheduler.sleep(LOOK_MS);
  }
  return [...committed].map(([id, at]) => (arrivals.get(id) ?? 0) - at).toSorted((one, other) => one - other);
}

/** Both are warm: one has arrived before. */
async function warm(way: Way): Promise<Way> {
  await delaysOf(way, { perSecond: 1, milliseconds: 1 });
  return way;
}

async function eventDelays(shop: BenchShop, pace: Pace): Promise<number[]> {
  await using stack = new AsyncDisposableStack();
  const arrivals = new Map<string, number>();
  const running = await startConsumer(shop, "bench", (_tx, streamId) => void arrivals.set(streamId, performance.now()));
  stack.defer(() => running.stop());
  const write = async (id: string) => {
    await tick(shop.database, id);
    running.hintOutbox();
  };
  return await delaysOf(await warm({ write, arrivals }), pace);
}

async function jobDelays(shop: BenchShop, pace: Pace): Promise<number[]> {
  await using stack = new AsyncDisposableStack();
  const arrivals = new Map<string, number>();
  const runner = await runQueue(shop, {
    task: (payload) => void arrivals.set((payload as { id: string }).id, performance.now()), // queued below only
  });
  stack.defer(() => runner.stop());
  stack.defer(() => queueIsEmpty(shop));
  const write = async (id: string) => {
    await shop.database.query(sql`
      WITH event AS (
        INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
        VALUES (${`${id}:1`}, ${id}, 'bench', 1, 'Ticked', 1, '{}', '{}'))
      SELECT FROM graphile_worker.add_job('bench', json_build_object('id', ${id}::text))`);
  };
  return await delaysOf(await warm({ write, arrivals }), pace);
}

export interface DelayOptions {
  readonly rounds: number;
  readonly milliseconds: number;
}

export async function* benchCommitToHandler({ rounds, milliseconds }: DelayOptions): AsyncGenerator<Measured> {
  await using shop = await createBenchShop({ empty: true });
  for (const perSecond of [20, 100]) {
    yield await compare({
      name: `commit -> handler at ${perSecond}/s, p50`,
      unit: "ms",
      referenceName: "a graphile job added in the transaction",
      reach: "<= 1",
      rounds,
      ours: async () => percentile(await eventDelays(shop, { perSecond, milliseconds }), 0.5),
      reference: async () => percentile(await jobDelays(shop, { perSecond, milliseconds }), 0.5),
    });
  }
  const delays: number[][] = [];
  for (let round = 0; round < rounds; round += 1)
    delays.push(await eventDelays(shop, { perSecond: FAST_PER_SECOND, milliseconds }));
  const [p50, p99] = [0.5, 0.99].map((share) => median(delays.map((ascending) => percentile(ascending, share))));
  yield {
    name: `commit -> handler at ${FAST_PER_SECOND}/s`,
    measured: `p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms`,
    reach: "p50 <= 4 ms, p99 <= 15 ms",
  };
}
