/** Ours beside what a developer would write first. */
import { placeOrder } from "@tillstream/commerce";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { commandContext } from "@tillstream/trpc";
import { orderInput } from "./commands.ts";
import { startConsumer, tick } from "./deployment.ts";
import { beside, compare, load, median } from "./measure.ts";
import type { Comparison } from "./measure.ts";
import { createBenchShop } from "./shop.ts";
import type { BenchShop } from "./shop.ts";
import { orderInTransaction, pollWithJobs, synchronousCheckout } from "./written-by-hand.ts";

const CALLERS = 16;
const EVENTS = 2_000;
const LOOK_MS = 10;

export interface ByHandOptions {
  readonly rounds: number;
  readonly milliseconds: number;
}

export async function* benchByHand({ rounds, milliseconds }: ByHandOptions): AsyncGenerator<Comparison> {
  await using shop = await createBenchShop();
  const { services } = shop;
  const written = (index: number) => ({
    id: services.ids.next(),
    email: "bench@example.com",
    lines: orderInput(index).lines ?? [],
  });
  const place = async (index: number) => {
    const key = services.ids.next();
    await placeOrder(
      commandContext({ ...services, user: null, correlationId: key, idempotencyKey: key }),
      orderInput(index),
    );
  };
  yield await compare({
    name: `placeOrder, ${CALLERS} callers`,
    unit: "commands/s",
    referenceName: "the same rows in an interactive Prisma transaction, a statement each",
    reach: "(reported)",
    rounds,
    ours: async () => (await load(CALLERS, milliseconds, place)).perSecond,
    reference: async () =>
      (await load(CALLERS, milliseconds, (index) => orderInTransaction(services.db, written(index)))).perSecond,
  });
  yield await compare({
    name: `the shopper's wait, ${CALLERS} at once`,
    unit: "ms",
    referenceName: "a checkout that calls gateway, mail and carrier in line, 8 s in all",
    reach: "(200 ms / 8,000 ms)",
    rounds,
    ours: async () => median((await load(CALLERS, milliseconds, place)).latenciesMs),
    reference: async () =>
      median((await load(CALLERS, 1, (index) => synchronousCheckout(services.db, written(index)))).latenciesMs),
  });
  yield await benchPoller(rounds);
}

/** A backlog through to its handler, which writes one row for each event. */
async function benchPoller(rounds: number): Promise<Comparison> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db } = shop;
  await db.query(sql`CREATE TABLE bench_handled (stream text)`);
  const handle = async (tx: SqlExecutor, stream: string) =>
    void (await tx.query(sql`INSERT INTO bench_handled (stream) VALUES (${stream})`));
  return await compare({
    name: `${EVENTS} events from the outbox to a handler with one write`,
    unit: "events/s",
    referenceName: "a poller that makes a job of each",
    reach: "(reported)",
    rounds,
    async ours() {
      await fillOutbox(shop);
      const started = performance.now();
      const running = await startConsumer(shop, "bench", handle);
      await allHandled(shop);
      const seconds = (performance.now() - started) / 1_000;
      await running.stop();
      return EVENTS / seconds;
    },
    async reference() {
      await fillOutbox(shop);
      const started = performance.now();
      const stop = new AbortController();
      return beside(pollWithJobs(shop, handle, stop.signal), stop, async () => {
        await allHandled(shop);
        return EVENTS / ((performance.now() - started) / 1_000);
      });
    },
  });
}

async function fillOutbox({ database: db }: BenchShop): Promise<void> {
  await db.query(sql`TRUNCATE bench_handled`);
  for (let index = 0; index < EVENTS; index += CALLERS)
    await Promise.all(Array.from({ length: CALLERS }, () => tick(db, crypto.randomUUID())));
}

async function allHandled({ database: db }: BenchShop): Promise<void> {
  const handled = async () =>
    (await db.query<{ count: number }>(sql`SELECT count(*)::int AS count FROM bench_handled`))[0];
  while (((await handled())?.count ?? 0) < EVENTS) await systemScheduler.sleep(LOOK_MS);
}
