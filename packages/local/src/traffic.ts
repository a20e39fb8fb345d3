/** `npm run traffic`: shoppers against the running shop, over HTTP; at a rate, or all at once. */
import { systemScheduler } from "@tillstream/runtime";
import { Command } from "commander";
import { readLocalSettings } from "./environment/settings.ts";
import { findRunning } from "./environment/system/state-file.ts";
import { pacedTraffic } from "./performance/traffic/paced.ts";
import { createShopClient } from "./performance/traffic/shop-client.ts";
import { percentile, placeOrders, waitForOrders } from "./performance/traffic/shoppers.ts";

const END_TIMEOUT_MS = 120_000;
const ASK_AGAIN_MS = 250;
const FIRST_ASK_AGAIN_MS = 1_000;
const FIRST_ATTEMPTS_MAX = 60;

function numberIn(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (value >= min && value <= max) return value;
  console.error(`${name} takes a number from ${min} to ${max}, not: ${text}`);
  process.exit(1);
}

const options = new Command("traffic")
  .option("--rate <n>", "shoppers a second", "20")
  .option("--minutes <n>", "for how long", "5")
  .option("--orders <n>", "instead: so many orders at once")
  .option("--concurrency <n>", "with --orders: how many at a time", "16")
  .option("--decline <share>", "share of declined cards, 0 to 1", "0.1")
  .option("--seed <n>", "the same number makes the same shoppers", "1")
  .option("--url <url>", "the shop; by default the one that runs here")
  .parse()
  .opts<{
    rate: string;
    minutes: string;
    orders?: string;
    concurrency: string;
    decline: string;
    seed: string;
    url?: string;
  }>();

const url = options.url ?? findRunning(readLocalSettings().dataDir)?.urls["storefront"];
if (url === undefined) {
  console.error("No shop is running here. Start it with npm start, or name another with --url.");
  process.exit(1);
}

const client = createShopClient(url);
const stop = new AbortController();
process.on("SIGINT", () => stop.abort());

/** A shop that is busy or away at first is asked again; what it answered meanwhile is counted. */
async function askFirst(): Promise<{ skus: readonly string[]; failed: number }> {
  for (let failed = 0; ; failed += 1) {
    try {
      return { skus: await client.skus(), failed };
    } catch (error) {
      console.log(`error: ${(error as Error).message}`);
      if (stop.signal.aborted || failed === FIRST_ATTEMPTS_MAX) process.exit(1);
      await systemScheduler.sleep(FIRST_ASK_AGAIN_MS, stop.signal);
    }
  }
}

const { skus, failed } = await askFirst();
const shoppers = {
  client,
  skus,
  declineShare: numberIn("--decline", options.decline, 0, 1),
  seed: numberIn("--seed", options.seed, 0, 2 ** 31),
};

if (options.orders === undefined) {
  const rate = numberIn("--rate", options.rate, 0.1, 1_000);
  const minutes = numberIn("--minutes", options.minutes, 0.01, 1_440);
  const { orders, errors } = await pacedTraffic({ ...shoppers, rate, minutes, signal: stop.signal, log: console.log });
  console.log(`${orders} orders placed, ${errors + failed} errors`);
  process.exitCode = errors + failed === 0 ? 0 : 1;
} else {
  const count = numberIn("--orders", options.orders, 1, 1_000_000);
  const concurrency = numberIn("--concurrency", options.concurrency, 1, 500);
  const started = performance.now();
  const { placed, latenciesMs, errors, soldOut, milliseconds } = await placeOrders({ ...shoppers, count, concurrency });
  console.log(
    `${placed.length} orders placed in ${(milliseconds / 1_000).toFixed(1)} s, ${soldOut} found it sold out, ${errors.length + failed} errors`,
  );
  console.log(
    `answers: p50 ${percentile(latenciesMs, 0.5).toFixed(0)} ms, p99 ${percentile(latenciesMs, 0.99).toFixed(0)} ms`,
  );
  for (const message of new Set(errors)) console.log(`error: ${message}`);
  const outcomes = await waitForOrders(client, placed, {
    timeoutMs: END_TIMEOUT_MS,
    pause: () => systemScheduler.sleep(ASK_AGAIN_MS),
    onError: (error) => console.log(`error: ${error.message}`),
  });
  console.log(`all over after ${((performance.now() - started) / 1_000).toFixed(1)} s: ${JSON.stringify(outcomes)}`);
  process.exitCode = errors.length === 0 && outcomes["pending"] === undefined ? 0 : 1;
}
