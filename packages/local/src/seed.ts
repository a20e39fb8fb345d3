/** `npm run seed -- --size s|m|l --seed 42`: reproducible data, made by the shop's own commands. */
import { Command } from "commander";
import { withLocalDatabase } from "./environment/system/local-database.ts";
import { seed, sizeOption } from "./seed/index.ts";
import type { Size } from "./seed/index.ts";

const SEED_MAX = 2 ** 31;

const options = new Command("seed")
  .addOption(sizeOption())
  .option("--seed <number>", "the same number makes the same data", "42")
  .parse()
  .opts<{ size: Size; seed: string }>();

const number = Number(options.seed);
if (!Number.isInteger(number) || number < 0 || number >= SEED_MAX) {
  console.error(`--seed takes a whole number from 0 to ${SEED_MAX - 1}, not: ${options.seed}`);
  process.exitCode = 1;
} else {
  await withLocalDatabase("seed", console.log, ({ url, isLocal }) =>
    seed({ url, log: console.log, size: options.size, seed: number, withLocalUsers: isLocal }),
  );
}
