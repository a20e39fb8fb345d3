/** A profile of steady traffic as people read it. */
import { cpus } from "node:os";
import { table } from "../../operations/cli/output.ts";
import type { PacedProfile, Waits } from "./paced.ts";
import { cpuOf } from "./report.ts";

const waits = ({ p50, p99 }: Waits): string => `${p50.toFixed(0)} / ${p99.toFixed(0)}`;
const megabytes = (kilobytes: number | undefined): string =>
  kilobytes === undefined ? "" : (kilobytes / 1_024).toFixed(0);

export function pacedReport({ runs, memory }: PacedProfile): string {
  const rates = table(
    runs,
    [
      { title: "shoppers/s", value: ({ rate }) => rate },
      { title: "orders", value: ({ orders }) => orders },
      { title: "errors", value: ({ errors }) => errors },
      { title: "placeOrder p50 / p99, ms", value: ({ placeOrder }) => waits(placeOrder) },
      { title: "click to confirmed p50 / p99, ms", value: ({ clickToConfirmed }) => waits(clickToConfirmed) },
      { title: "CPU ms an order", value: ({ costs, orders }) => ((cpuOf(costs) ?? 0) / orders).toFixed(1) },
      {
        title: "machine busy",
        value: ({ costs, seconds }) =>
          `${((100 * (costs["machine"] ?? 0)) / (seconds * 1_000 * cpus().length)).toFixed(0)} %`,
      },
    ],
    "no traffic",
  );
  const [first, last] = [memory[0] ?? {}, memory.at(-1) ?? {}];
  const grown = table(
    Object.keys(first),
    [
      { title: "memory, MB", value: (name) => name },
      { title: "first", value: (name) => megabytes(first[name]) },
      { title: "last", value: (name) => megabytes(last[name]) },
      { title: "most", value: (name) => megabytes(Math.max(...memory.map((one) => one[name] ?? 0))) },
      { title: "last / first", value: (name) => ((last[name] ?? 0) / (first[name] ?? 1)).toFixed(2) },
    ],
    "The memory of processes is not known here: there is no /proc.",
  );
  return `${rates}\n\n${grown}`;
}
