/**
 * `npm run profile`: what one order costs, from the cart to the carrier. A whole system of its own, with the settings of
 * `npm start`, takes a burst of orders, or shoppers at a steady rate; nothing that runs here is touched.
 */
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { numberFrom } from "./operations/cli/number-option.ts";
import { pacedReport } from "./performance/profile/paced-report.ts";
import { profilePaced } from "./performance/profile/paced.ts";
import { cpuOf, profileReport } from "./performance/profile/report.ts";
import { profileOrders } from "./performance/profile/run.ts";
import type { Profile } from "./performance/profile/run.ts";

const SOAK_RATE = 10;

const severalFrom = (min: number, max: number) => (text: string, before: readonly number[] | undefined) => [
  ...(before ?? []),
  numberFrom(min, max)(text),
];

const { json, declined, ...options } = new Command("profile")
  .option("--orders <n>", "how many orders", numberFrom(1, 100_000), 600)
  .option("--callers <n>", "how many at a time", numberFrom(1, 500), 16)
  .option("--declined <share>", "share of declined cards, 0 to 1", numberFrom(0, 1), 0.2)
  .option(
    "--orders-before <n...>",
    "orders in the database before; of several, compares the last",
    severalFrom(1, 10_000_000),
  )
  .option("--rate <n...>", "instead of a burst: shoppers a second", severalFrom(0.1, 1_000))
  .option("--minutes <n>", "with --rate: for how long each", numberFrom(0.05, 1_440), 1)
  .option(
    "--soak <minutes>",
    `as --rate ${SOAK_RATE} --minutes: what memory the processes and open pages take`,
    numberFrom(0.05, 1_440),
  )
  .option("--json <file>", "also writes all figures there")
  .parse()
  .opts<{
    orders: number;
    callers: number;
    declined: number;
    ordersBefore?: readonly number[];
    rate?: readonly number[];
    minutes: number;
    soak?: number;
    json?: string;
  }>();

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
const ports = { declined, log: console.log, signal: stop.signal };

/** Resolves to how many errors there were. */
async function burst(): Promise<number> {
  const { orders, callers, ordersBefore = [undefined] } = options;
  const profiles: Profile[] = [];
  for (const before of ordersBefore) {
    const profile = await profileOrders({ ...ports, orders, callers, ordersBefore: before });
    console.log(`\n${profileReport(profile)}\n`);
    profiles.push(profile);
    write(profiles.length === 1 ? profile : profiles);
  }
  const [first, last] = [profiles[0], profiles.at(-1)].map((profile) => profile && cpuOf(profile.untilShipped));
  if (profiles.length > 1 && first !== undefined && last !== undefined)
    console.log(
      `CPU an order until shipped, ${ordersBefore.join(" and ")} orders before: ${(last / first).toFixed(2)}`,
    );
  const errors = profiles.flatMap((profile) => profile.errors);
  for (const message of new Set(errors)) console.error(`error: ${message}`);
  return errors.length;
}

async function steady(rates: readonly number[], minutes: number): Promise<number> {
  const profile = await profilePaced({ ...ports, rates, minutes, withPages: options.soak !== undefined });
  console.log(`\n${pacedReport(profile)}`);
  write(profile);
  return profile.runs.reduce((sum, { errors }) => sum + errors, 0);
}

function write(figures: object): void {
  if (json !== undefined) writeFileSync(json, JSON.stringify(figures, null, 2));
}

try {
  const { rate, soak, minutes } = options;
  const isSteady = rate !== undefined || soak !== undefined;
  const errors = isSteady ? await steady(rate ?? [SOAK_RATE], soak ?? minutes) : await burst();
  process.exitCode = errors === 0 ? 0 : 1;
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.exitCode = 130; // what was started is being stopped, and this process ends after it
}
