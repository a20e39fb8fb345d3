/** Saga steps beside jobs of the same queue: what the durable state of a step costs. */
import {
  beginRun,
  createSagaEngine,
  defineEvent,
  defineSaga,
  runJobs,
  SAGA_TASK,
  stepOperation,
} from "@tillstream/eventing";
import type { Saga, StepRef } from "@tillstream/eventing";
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import { z } from "zod";
import { CONCURRENCY, jobsPerSecond } from "./graphile.ts";
import { beside, compareAll } from "./measure.ts";
import type { Comparison } from "./measure.ts";
import { createBenchShop } from "./shop.ts";
import type { BenchShop } from "./shop.ts";

const RUNS = 250;
const STEPS = ["one", "two", "three", "four"];
const JOBS = RUNS * STEPS.length;
const POLL_MS = 20;
const Begun = defineEvent("BenchBegun", z.object({}));

function sagaOf(name: string, action: Saga["steps"][number]["action"]): Saga {
  return defineSaga<object, typeof Begun>({
    name,
    version: 1,
    startsOn: Begun,
    start: (event) => ({ subject: event.streamId, input: {} }),
    steps: STEPS.map((step) => ({ name: step, action })),
  });
}

/** Each job writes one row, in a transaction of its own. */
async function writingJob({ database: db }: BenchShop): Promise<() => Promise<void>> {
  await db.query(sql`CREATE TABLE IF NOT EXISTS bench_written (id bigint GENERATED ALWAYS AS IDENTITY)`);
  return async () => void (await db.query(sql`INSERT INTO bench_written DEFAULT VALUES`));
}

export async function* benchSagas(rounds: number): AsyncGenerator<Comparison> {
  await using shop = await createBenchShop({ empty: true });
  const write = await writingJob(shop);
  const references = [
    {
      referenceName: "no-op jobs of graphile-worker, same concurrency",
      reach: ">= 1.5",
      reference: () => jobsPerSecond(shop, JOBS, { task: () => undefined }),
    },
    {
      referenceName: "its jobs in batches, with one write each",
      reach: ">= 1",
      reference: () => jobsPerSecond(shop, JOBS, { task: write, localQueue: CONCURRENCY }),
    },
  ];
  const called = stepOperation({ call: () => Promise.resolve(null), record: () => Promise.resolve() });
  for (const [kind, saga] of [
    ["that call nobody", sagaOf("bench", {})],
    ["with a call each", sagaOf("bench-calls", called)],
  ] as const) {
    const name = `saga steps ${kind}, ${RUNS} runs of ${STEPS.length}`;
    yield* await compareAll({ name, unit: "steps/s", rounds, ours: () => stepsPerSecond(shop, saga) }, references);
  }
}

async function stepsPerSecond({ database: db, pool }: BenchShop, saga: Saga): Promise<number> {
  const ports = { logger: createLogger("bench", "silent"), scheduler: systemScheduler };
  const engine = createSagaEngine({ ...ports, db, sagas: [saga] });
  await db.transaction(async (tx) => {
    for (let run = 0; run < RUNS; run += 1)
      await beginRun(tx, saga, { subject: crypto.randomUUID(), input: {}, correlationId: "bench" });
  });
  const isRunning = () => db.query(sql`SELECT FROM sagas WHERE name = ${saga.name} AND status = 'running' LIMIT 1`);
  const stop = new AbortController();
  const started = performance.now();
  const running = runJobs({
    ...ports,
    pool,
    concurrency: CONCURRENCY,
    batched: true,
    signal: stop.signal,
    tasks: { [SAGA_TASK]: (payload) => engine.runStep(payload as StepRef) }, // queued by the saga's own steps only
  });
  return beside(running, stop, async () => {
    while ((await isRunning()).length > 0) await systemScheduler.sleep(POLL_MS);
    return JOBS / ((performance.now() - started) / 1_000);
  });
}
