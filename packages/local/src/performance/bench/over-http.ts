/** The whole system under load: what a caller waits over HTTP, and how long an event takes to its consumers. */
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { createShoppers, percentile } from "../traffic/shoppers.ts";
import { settled } from "../../operations/verify/index.ts";
import { load } from "./measure.ts";
import type { Figure } from "./measure.ts";
import { openShop } from "./open-shop.ts";

const SETTLE_MS = 180_000;

export interface HttpBenchOptions {
  readonly milliseconds: number;
  readonly pacedPerSecond: number;
}

export async function* benchOverHttp({ milliseconds, pacedPerSecond }: HttpBenchOptions): AsyncGenerator<Figure> {
  await using shop = await openShop();
  const { db, client, skus } = shop;
  const shopper = createShoppers({ client, skus, declineShare: 0.2, seed: 11 });
  const placeOrder = (index: number) => client.placeOrder(shopper(index), crypto.randomUUID());
  for (const callers of [16, 32]) {
    const { perSecond, latenciesMs } = await load(callers, milliseconds, placeOrder);
    const [p50, p99] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)];
    yield {
      name: `placeOrder over HTTP, ${callers} callers, everything running`,
      measured: `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${perSecond.toFixed(0)}/s`,
      reach: callers === 32 ? "p50 <= 60 ms, p99 <= 200 ms" : "(reported)",
    };
    await settled(db, SETTLE_MS);
  }
  yield await recordedToConsumers(db, placeOrder, { milliseconds, pacedPerSecond });
}

/** From the recording of each event to the inbox of each consumer that takes it, at a steady pace of orders. */
async function recordedToConsumers(
  db: Database,
  placeOrder: (index: number) => Promise<unknown>,
  { milliseconds, pacedPerSecond }: HttpBenchOptions,
): Promise<Figure> {
  const [before] = await db.query<{ position: number }>(sql`SELECT position FROM event_log_head`);
  const placing: Promise<unknown>[] = [];
  let failure: Error | undefined;
  const end = performance.now() + milliseconds;
  for (let index = 100_000; performance.now() < end; index += 1) {
    placing.push(placeOrder(index).catch((error: Error) => (failure = error)));
    await systemScheduler.sleep(1_000 / pacedPerSecond);
  }
  await Promise.all(placing);
  if (failure !== undefined) throw failure;
  await settled(db, SETTLE_MS);
  const [delays] = await db.query<{ p50: number; p99: number; count: number }>(sql`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)::float8 AS p50, percentile_cont(0.99) WITHIN GROUP (ORDER BY delay)::float8 AS p99, count(*)::int AS count
    FROM (SELECT extract(epoch FROM processed.processed_at - log.recorded_at) * 1000 AS delay
          FROM processed_events processed JOIN event_log log USING (event_id)
          WHERE log.position > ${before?.position ?? 0}) delays`);
  if (delays === undefined || delays.count === 0) throw new Error("no consumer has an event of this run in its inbox");
  const { p50, p99, count } = delays;
  return {
    name: `event recorded to its consumers, ${pacedPerSecond} orders/s (${count} deliveries)`,
    measured: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    reach: "p50 <= 5 ms, p99 <= 25 ms",
  };
}
