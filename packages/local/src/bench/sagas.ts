/** Saga steps beside plain jobs of the same queue that do nothing: what the durable state of a step costs. */
import { beginRun, createSagaEngine, defineEvent, defineSaga, runJobs, SAGA_TASK } from "@tillstream/eventing";
import type { StepRef } from "@tillstream/eventing";
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { TaskList } from "graphile-worker";
import { z } from "zod";
import { beside, compare } from "./measure.ts";
import type { Comparison } from "./measure.ts";
import { createBenchShop } from "./shop.ts";

const CONCURRENCY = 12;
const RUNS = 250;
const STEPS = ["one", "two", "three", "four"];
const POLL_MS = 20;
const Begun = defineEvent("BenchBegun", z.object({}));

const saga = defineSaga<object, typeof Begun>({
  name: "bench",
  version: 1,
  startsOn: Begun,
  start: (event) => ({ subject: event.streamId, input: {} }),
  steps: STEPS.map((name) => ({ name, action: {} })),
});

export async function* benchSagas(rounds: number): AsyncGenerator<Comparison> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db, pool } = shop;
  const logger = createLogger("bench", "silent");
  const queue = { pool, logger, scheduler: systemScheduler, concurrency: CONCURRENCY };
  const engine = createSagaEngine({ db, logger, scheduler: systemScheduler, sagas: [saga] });
  let subject = 0;
  const jobs = RUNS * STEPS.length;

  async function stepsPerSecond(work: (signal: AbortSignal) => Promise<void>, over: () => Promise<boolean>) {
    const stop = new AbortController();
    const started = performance.now();
    return beside(work(stop.signal), stop, async () => {
      while (!(await over())) await systemScheduler.sleep(POLL_MS);
      return jobs / ((performance.now() - started) / 1_000);
    });
  }

  yield await compare({
    name: `saga steps, ${RUNS} runs of ${STEPS.length}`,
    unit: "steps/s",
    referenceName: "no-op jobs of graphile-worker, same concurrency",
    reach: ">= 1",
    rounds,
    async ours() {
      await db.transaction(async (tx) => {
        for (let begun = 0; begun < RUNS; begun += 1) {
          await beginRun(tx, saga, { subject: String((subject += 1)), input: {}, correlationId: "bench" });
        }
      });
      const tasks: TaskList = { [SAGA_TASK]: (payload) => engine.runStep(payload as StepRef) }; // queued by the saga's own steps only
      return stepsPerSecond(
        (signal) => runJobs({ ...queue, signal, tasks, batched: true }),
        async () =>
          (await db.query(sql`SELECT FROM sagas WHERE name = 'bench' AND status = 'running' LIMIT 1`)).length === 0,
      );
    },
    async reference() {
      await db.query(sql`SELECT graphile_worker.add_job('noop', '{}'::json) FROM generate_series(1, ${jobs}::int)`);
      return stepsPerSecond(
        (signal) => runJobs({ ...queue, signal, tasks: { noop: () => undefined } }),
        async () =>
          (await db.query(sql`SELECT FROM graphile_worker.jobs WHERE task_identifier = 'noop' LIMIT 1`)).length === 0,
      );
    },
  });
}
