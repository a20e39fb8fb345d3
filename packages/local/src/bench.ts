/** `npm run bench`: the figures of the design, each as a ratio within one run. Prints a table, writes JSON; never fails on a slow figure. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { benchBuses } from "./bench/buses.ts";
import { benchCommands } from "./bench/commands.ts";
import { benchDelivery, benchSizes } from "./bench/delivery.ts";
import { benchAppends, benchLoading, benchRebuild, benchRelay } from "./bench/history.ts";
import type { Comparison } from "./bench/measure.ts";
import { benchOverHttp } from "./bench/over-http.ts";
import type { Figure } from "./bench/over-http.ts";
import { benchRebuildUnderTraffic } from "./bench/rebuild.ts";
import { benchSagas } from "./bench/sagas.ts";
import { createBenchShop } from "./bench/shop.ts";
import { table } from "./cli/output.ts";
import { readLocalSettings } from "./settings.ts";
import { findTestKafka, startTestKafka } from "./testing/test-kafka.ts";
import { percentile } from "./traffic/shoppers.ts";

const PARTS = ["commands", "history", "rebuild", "delivery", "sagas", "sizes", "buses", "http"] as const;
type Part = (typeof PARTS)[number];

const options = new Command("bench")
  .option("--rounds <n>", "rounds of each pair", "5")
  .option("--seconds <n>", "length of a round", "2")
  .option("--pace <n>", "orders a second for the delay of events", "30")
  .option("--rebuild-events <n>", "history for the rebuild under traffic, in fours", "200000")
  .option("--no-http", "leave out what needs the whole system")
  .addOption(new Option("--only <parts...>", "only these parts").choices(PARTS))
  .parse()
  .opts<{ rounds: string; seconds: string; pace: string; http: boolean; rebuildEvents: string; only?: Part[] }>();
const wanted = (...parts: Part[]) => options.only === undefined || parts.some((part) => options.only?.includes(part));

const rounds = Math.max(1, Number(options.rounds));
const milliseconds = Math.max(0.2, Number(options.seconds)) * 1_000;
const comparisons: Comparison[] = [];
const figures: Figure[] = [];
if (wanted("commands", "history")) {
  await using shop = await createBenchShop();
  for (const callers of wanted("commands") ? [16, 32] : []) {
    console.log(`placeOrder, ${callers} callers`);
    let raw: readonly number[] = [];
    const onRawLatencies = (latenciesMs: readonly number[]) => (raw = latenciesMs);
    comparisons.push(await benchCommands({ shop, callers, rounds, milliseconds, onRawLatencies }));
    const measured = `p50 ${percentile(raw, 0.5).toFixed(0)} ms, p99 ${percentile(raw, 0.99).toFixed(0)} ms`;
    figures.push({
      name: `the rows of placeOrder in one raw statement, ${callers} callers`,
      measured,
      reach: "(beside HTTP)",
    });
  }
  if (wanted("history")) {
    const history = { db: shop.database, rounds, milliseconds };
    console.log("event store");
    comparisons.push(
      await benchAppends(history),
      await benchRelay(history),
      await benchRebuild(history),
      ...(await benchLoading(history)),
    );
  }
}
if (wanted("rebuild")) {
  await using shop = await createBenchShop({ empty: true });
  console.log("rebuild under traffic");
  const events = Math.max(4_000, Math.floor(Number(options.rebuildEvents) / 4) * 4);
  figures.push(await benchRebuildUnderTraffic(shop.database, events));
}
if (wanted("delivery", "sagas", "sizes")) {
  await using shop = await createBenchShop({ empty: true });
  console.log("delivery, sagas, sizes");
  if (wanted("delivery")) figures.push(...(await benchDelivery(shop.database)));
  if (wanted("sagas")) comparisons.push(await benchSagas({ db: shop.database, pool: shop.pool, rounds }));
  if (wanted("sizes")) figures.push(...(await benchSizes(shop.database)));
}
const kafka = wanted("buses")
  ? await findTestKafka(readLocalSettings(), (line) => console.log(`without Kafka: ${line}`))
  : undefined;
if (kafka !== undefined) {
  console.log("Kafka beside the Postgres bus");
  await using broker = await startTestKafka(kafka);
  const buses = await benchBuses(broker.brokers);
  comparisons.push(...buses.comparisons);
  figures.push(...buses.figures);
}
if (options.http && wanted("http")) {
  console.log("over HTTP, with everything running");
  const http = { milliseconds: milliseconds * rounds, pacedPerSecond: Number(options.pace), log: () => undefined };
  figures.push(...(await benchOverHttp(http)));
}

const round = (value: number) => value.toFixed(value < 10 ? 2 : 0);
console.log(
  table(
    comparisons,
    [
      { title: "figure", value: ({ name }: Comparison) => name },
      { title: "ours", value: ({ ours, unit }: Comparison) => `${round(ours)} ${unit}` },
      {
        title: "beside",
        value: ({ reference, unit, referenceName }: Comparison) => `${round(reference)} ${unit} (${referenceName})`,
      },
      { title: "ratio", value: ({ ratio }: Comparison) => ratio.toFixed(2) },
      { title: "reach", value: ({ reach }: Comparison) => reach },
    ],
    "",
  ),
);
for (const { name, measured, reach } of figures) console.log(`${name}: ${measured}  [${reach}]`);

const folder = join(readLocalSettings().dataDir, "bench");
mkdirSync(folder, { recursive: true });
const path = join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
writeFileSync(
  path,
  JSON.stringify(
    { processors: cpus().length, node: process.version, rounds, milliseconds, comparisons, figures },
    null,
    2,
  ),
);
console.log(`wrote ${path}`);
