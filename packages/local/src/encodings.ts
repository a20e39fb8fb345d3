/** `npm run bench:encodings`: the table of docs/schema-evolution.md, measured on this machine. */
import { Command } from "commander";
import { measureEncodings } from "./performance/bench/encodings.ts";
import type { Encoding } from "./performance/bench/encodings.ts";
import { table } from "./operations/cli/output.ts";

const { times } = new Command("bench:encodings")
  .option("--times <n>", "events in each round", "20000")
  .parse()
  .opts<{ times: string }>();

const figures = await measureEncodings(Math.max(1, Number(times)));
console.log(
  table(
    figures,
    [
      { title: "event", value: ({ event }: Encoding) => event },
      { title: "encoding", value: ({ encoding }: Encoding) => encoding },
      { title: "bytes", value: ({ bytes }: Encoding) => bytes },
      { title: "write, us", value: ({ writeUs }: Encoding) => writeUs.toFixed(1) },
      { title: "read, us", value: ({ readUs }: Encoding) => readUs.toFixed(1) },
    ],
    "",
  ),
);
