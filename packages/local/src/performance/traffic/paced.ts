/** Shoppers that come at a steady rate: they fill a cart, and order it. */
import { systemScheduler } from "@tillstream/runtime";
import { SoldOutError } from "./shop-client.ts";
import type { Placed } from "./shop-client.ts";
import { createShoppers, percentile } from "./shoppers.ts";
import type { ShoppersOptions } from "./shoppers.ts";

const REPORT_MS = 5_000;

export interface PacedOptions extends ShoppersOptions {
  /** Shoppers a second. */
  readonly rate: number;
  readonly minutes: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Called when the shop has answered. @param clickedMs when it was asked, by `performance.now()` */
  readonly onPlaced?: (order: Placed, clickedMs: number) => void;
}

export async function pacedTraffic(options: PacedOptions): Promise<{ orders: number; errors: number }> {
  const { client, rate, minutes, signal, log, seed, onPlaced } = options;
  const shopper = createShoppers(options);
  const run = `traffic-${seed}-${crypto.randomUUID()}`;
  const started = performance.now();
  const end = started + minutes * 60_000;
  const totals = { orders: 0, errors: 0 };
  let latencies: number[] = [];
  const stopReport = systemScheduler.every(REPORT_MS, async () => {
    const ascending = latencies.toSorted((left, right) => left - right);
    latencies = [];
    const perSecond = (ascending.length / (REPORT_MS / 1_000)).toFixed(1);
    log(
      `${perSecond}/s  p50 ${percentile(ascending, 0.5).toFixed(0)} ms  p99 ${percentile(ascending, 0.99).toFixed(0)} ms  ${totals.orders} orders, ${totals.errors} errors`,
    );
  });
  const visits: Promise<void>[] = [];
  async function visit(index: number): Promise<void> {
    const request = shopper(index);
    try {
      const cart = await client.fillCart(request.lines, `${run}-${index}`);
      const begun = performance.now();
      const placed = await client.placeOrder(request, `${run}-${index}`, cart);
      onPlaced?.(placed, begun);
      latencies.push(performance.now() - begun);
      totals.orders += 1;
    } catch (error) {
      if (error instanceof SoldOutError) return;
      totals.errors += 1;
      log(`error: ${(error as Error).message}`);
    }
  }
  for (let index = 0; performance.now() < end && !signal.aborted; index += 1) {
    visits.push(visit(index));
    const nextAt = started + ((index + 1) / rate) * 1_000;
    await systemScheduler.sleep(Math.max(0, nextAt - performance.now()), signal);
  }
  await Promise.all(visits);
  stopReport();
  return totals;
}
