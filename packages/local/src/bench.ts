/**
 * `npm run bench`: the figures of the design, each as a ratio within one run. Prints and writes each as soon as it has it, and
 * the whole table at the end. A slow figure is not a failure; a part that cannot be measured is one.
 */
import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { numberFrom } from "./operations/cli/number-option.ts";
import { PART_NAMES, partsOf, WHOLE_SYSTEM } from "./performance/bench/parts.ts";
import type { PartName } from "./performance/bench/parts.ts";
import { reportTable, runParts, writeReport } from "./performance/bench/run-parts.ts";
import { readLocalSettings } from "./environment/settings.ts";

const options = new Command("bench")
  .option("--rounds <n>", "rounds of each pair", numberFrom(1, 100), 5)
  .option("--seconds <n>", "length of a round", numberFrom(0.2, 600), 2)
  .option("--pace <n>", "orders a second for the delay of events", numberFrom(1, 1_000), 30)
  .option("--rebuild-events <n>", "history for the rebuild under traffic", numberFrom(4_000, 10_000_000), 200_000)
  .option("--idle-minutes <n>", "events beside a transaction that idles so long", numberFrom(0.1, 120), 1)
  .option("--shop-minutes <n>", "how long 32 shoppers go on ordering", numberFrom(0.1, 120), 2)
  .option("--no-http", "leave out what needs the whole system")
  .addOption(new Option("--only <parts...>", "only these parts").choices(PART_NAMES))
  .parse()
  .opts<{
    rounds: number;
    seconds: number;
    pace: number;
    rebuildEvents: number;
    idleMinutes: number;
    shopMinutes: number;
    http: boolean;
    only?: readonly PartName[];
  }>();

const rounds = Math.floor(options.rounds);
const milliseconds = options.seconds * 1_000;
/** Only asked for by its name: it wants a database that was seeded before. */
const unasked = PART_NAMES.filter((name) => name !== "lists");
const wanted: readonly string[] = (options.only ?? unasked).filter(
  (name) => options.http || !WHOLE_SYSTEM.includes(name),
);
const parts = partsOf({
  rounds,
  milliseconds,
  pacedPerSecond: options.pace,
  rebuildEvents: Math.floor(options.rebuildEvents / 4) * 4,
  idleMinutes: options.idleMinutes,
  shopMinutes: options.shopMinutes,
  log: console.log,
}).filter(({ name }) => wanted.includes(name));

const folder = join(readLocalSettings().dataDir, "bench");
mkdirSync(folder, { recursive: true });
const path = join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version };
const report = await runParts(parts, {
  print: console.log,
  write: (sofar) => writeReport(path, { ...machine, rounds, milliseconds, ...sofar }),
});
console.log(`\n${reportTable(report)}\n`);
console.log(`wrote ${path}`);
if (report.failures.length > 0) {
  console.error(`failed: ${report.failures.map(({ part }) => part).join(", ")}`);
  process.exitCode = 1;
}
