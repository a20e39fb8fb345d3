/** The whole system under load: what a caller waits over HTTP, and how long an event takes to its consumers. */
import { createPool, poolDatabase } from "@tillstream/db";
import { sql, systemScheduler } from "@tillstream/runtime";
import { startSystem } from "../testing/system.ts";
import { createShopClient } from "../traffic/shop-client.ts";
import { createShoppers, percentile } from "../traffic/shoppers.ts";
import { settled } from "../verify/index.ts";
import { load } from "./measure.ts";

const SETTLE_MS = 180_000;

export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly reach: string;
}

export interface HttpBenchOptions {
  readonly milliseconds: number;
  readonly pacedPerSecond: number;
  readonly log: (line: string) => void;
}

export async function benchOverHttp({ milliseconds, pacedPerSecond, log }: HttpBenchOptions): Promise<Figure[]> {
  await using system = await startSystem({ durable: true, log });
  await using stack = new AsyncDisposableStack();
  const pool = createPool({ url: system.databaseUrl, max: 4, applicationName: "bench" });
  stack.defer(() => pool.end());
  const db = poolDatabase(pool);
  const client = createShopClient(system.urls.storefront);
  const shopper = createShoppers({ client, skus: await client.skus(), declineShare: 0.2, seed: 11 });
  const figures: Figure[] = [];
  for (const callers of [16, 32]) {
    const { perSecond, latenciesMs } = await load(callers, milliseconds, (index) =>
      client.placeOrder(shopper(index), crypto.randomUUID()),
    );
    const [p50, p99] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)];
    const measured = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${perSecond.toFixed(0)}/s`;
    figures.push({
      name: `placeOrder over HTTP, ${callers} callers, everything running`,
      measured,
      reach: callers === 32 ? "p99 <= 200 ms" : "(reported)",
    });
    await settled(db, SETTLE_MS);
  }
  figures.push(await commitToHandler(db, client, shopper, { milliseconds, pacedPerSecond }));
  await settled(db, SETTLE_MS);
  return figures;
}

/** From the recording of `OrderCreated` to the inbox of `order_view`, at a steady pace. */
async function commitToHandler(
  db: ReturnType<typeof poolDatabase>,
  client: ReturnType<typeof createShopClient>,
  shopper: ReturnType<typeof createShoppers>,
  { milliseconds, pacedPerSecond }: Pick<HttpBenchOptions, "milliseconds" | "pacedPerSecond">,
): Promise<Figure> {
  const [before] = await db.query<{ position: number }>(sql`SELECT position FROM event_log_head`);
  const placing: Promise<unknown>[] = [];
  const end = performance.now() + milliseconds;
  for (let index = 100_000; performance.now() < end; index += 1) {
    placing.push(client.placeOrder(shopper(index), crypto.randomUUID()));
    await systemScheduler.sleep(1_000 / pacedPerSecond);
  }
  await Promise.all(placing);
  await settled(db, SETTLE_MS);
  const rows = await db.query<{ p50: number; p99: number; count: number }>(sql`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)::float8 AS p50, percentile_cont(0.99) WITHIN GROUP (ORDER BY delay)::float8 AS p99, count(*)::int AS count
    FROM (SELECT extract(epoch FROM processed.processed_at - log.recorded_at) * 1000 AS delay
          FROM processed_events processed JOIN event_log log USING (event_id)
          WHERE processed.consumer = 'order_view' AND log.position > ${before?.position ?? 0}) delays`);
  const { p50 = 0, p99 = 0, count = 0 } = rows[0] ?? {};
  return {
    name: `event recorded to order_view, ${pacedPerSecond} orders/s (${count} events)`,
    measured: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    reach: "p50 <= 5 ms, p99 <= 25 ms",
  };
}
