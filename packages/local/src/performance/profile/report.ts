/** The profile as people read it. */
import { cpus } from "node:os";
import { table } from "../../operations/cli/output.ts";
import { totalMs } from "./counters.ts";
import type { Counters } from "./counters.ts";
import { PROCESSES } from "./meter.ts";
import type { Profile } from "./run.ts";

const STATEMENTS_SHOWN = 25;
const TEXT_MAX = 110;
/** What is changed less often than once in ten orders is not hot. */
const HOT_MIN = 0.1;

const figure = (value: number): number => Number(value.toFixed(value < 10 ? 2 : 1));
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, TEXT_MAX);

/** Of all processes of the system. */
export const cpuOf = (counters: Counters): number | undefined => {
  const parts = PROCESSES.map((name) => counters[`cpu ${name}`]).filter((ms) => ms !== undefined);
  return parts.length === 0 ? undefined : parts.reduce((sum, ms) => sum + ms, 0);
};

interface Row {
  readonly title: string;
  readonly of: (counters: Counters) => number | undefined;
}

const ROWS: readonly Row[] = [
  ...PROCESSES.map((name) => ({ title: `CPU of ${name}, ms`, of: (all: Counters) => all[`cpu ${name}`] })),
  { title: "CPU of all, ms", of: cpuOf },
  { title: "transactions", of: (all) => all["transactions"] },
  { title: "statements", of: (all) => all["statements"] },
  { title: "their execution, ms", of: (all) => all["exec ms"] },
  { title: "plans", of: (all) => all["plans"] },
  { title: "planning, ms", of: (all) => all["plan ms"] },
  { title: "WAL, kB", of: ({ wal }) => (wal !== undefined ? wal / 1_000 : undefined) },
  { title: "whole pages in the WAL", of: (all) => all["full pages"] },
  { title: "fsyncs of the WAL", of: (all) => all["fsyncs"] },
  ...["Lock", "LWLock", "IO"].map((kind) => ({
    title: `waits for ${kind}, ms`,
    of: (all: Counters) => all[`waits ${kind}`] ?? 0,
  })),
];

const cell = (value: number | undefined): number | string => (value === undefined ? "" : figure(value));

function perOrder({ untilConfirmed, untilShipped }: Profile): string {
  const rows = ROWS.filter(({ of }) => of(untilShipped) !== undefined);
  return table(
    rows,
    [
      { title: "an order costs", value: ({ title }) => title },
      { title: "until confirmed", value: ({ of }) => cell(of(untilConfirmed)) },
      { title: "until shipped", value: ({ of }) => cell(of(untilShipped)) },
    ],
    "",
  );
}

function hotTables({ untilShipped }: Profile): string {
  const of = (name: string, what: string): number => untilShipped[`${name}.${what}`] ?? 0;
  const changes = (name: string): number => of(name, "inserted") + of(name, "updated") + of(name, "deleted");
  const names = Object.keys(untilShipped)
    .filter((name) => name.endsWith(".updated"))
    .map((name) => name.slice(0, -".updated".length))
    .filter((name) => changes(name) >= HOT_MIN)
    .toSorted((left, right) => changes(right) - changes(left));
  return table(
    names,
    [
      { title: "rows an order", value: (name) => name },
      ...["inserted", "updated", "deleted"].map((what) => ({
        title: what,
        value: (name: string) => figure(of(name, what)),
      })),
      {
        title: "HOT",
        value: (name) => (of(name, "updated") < HOT_MIN ? "" : percent(of(name, "hot") / of(name, "updated"))),
      },
    ],
    "no table changed",
  );
}

function dearest({ statements, orders }: Profile): string {
  if (statements === undefined) return "This Postgres has no pg_stat_statements: its statements are not counted.";
  return table(
    statements.slice(0, STATEMENTS_SHOWN),
    [
      { title: "ms an order", value: (one) => figure(totalMs(one) / orders) },
      { title: "calls an order", value: ({ calls }) => figure(calls / orders) },
      { title: "mean ms", value: (one) => Number((totalMs(one) / one.calls).toFixed(3)) },
      { title: "plans an order", value: ({ plans }) => figure(plans / orders) },
      { title: "statement", value: ({ text }) => oneLine(text) },
    ],
    "no statement was called",
  );
}

function idle({ idlePerSecond: all }: Profile): string {
  const shares = PROCESSES.filter((name) => all[`cpu ${name}`] !== undefined).map(
    (name) => `${name} ${(((all[`cpu ${name}`] ?? 0) / 1_000) * 100).toFixed(1)} %`,
  );
  const cpu = shares.length === 0 ? "not known" : shares.join(", ");
  return `idle: ${figure(all["transactions"] ?? 0)} transactions/s; CPU of one core: ${cpu}`;
}

/** How much of the machine something else used: then times say less, and with them waits and how much is done at once. */
function others({ untilShipped: all, orders, time }: Profile): string {
  const own = cpuOf(all);
  if (own === undefined) return "not known";
  const ms = (all["machine"] ?? 0) - own - (all["callers"] ?? 0);
  return percent((ms * orders) / (time.overSeconds * 1_000 * cpus().length));
}

export function profileReport(profile: Profile): string {
  const { orders, callers, ordersBefore, loadBefore, outcomes, errors, time } = profile;
  const ends = Object.entries(outcomes).map(([status, count]) => `${count} ${status}`);
  return [
    `${orders} orders by ${callers} callers (${ends.join(", ")}), ${errors.length} errors`,
    ...(ordersBefore === undefined ? [] : [`with ${ordersBefore} orders in the database before`]),
    `load of the machine before: ${loadBefore.toFixed(2)}; used by other processes meanwhile: ${others(profile)}`,
    `click to confirmed: ${time.ordersPerSecond.toFixed(1)} orders/s (${time.confirmedSeconds.toFixed(1)} s), all shipped after ${time.overSeconds.toFixed(1)} s`,
    `placeOrder over HTTP: p50 ${time.placeOrderP50Ms.toFixed(0)} ms, p99 ${time.placeOrderP99Ms.toFixed(0)} ms`,
    ...(cpuOf(profile.untilShipped) === undefined
      ? ["The CPU time of processes is not known here: there is no /proc."]
      : []),
    "",
    perOrder(profile),
    "",
    hotTables(profile),
    "",
    idle(profile),
    "",
    dearest(profile),
  ].join("\n");
}
