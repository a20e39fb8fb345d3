import { expect, test } from "vitest";
import { less, statementsBetween, times } from "./counters.ts";
import { pacedReport } from "./paced-report.ts";
import { profileReport } from "./report.ts";
import type { Profile } from "./run.ts";

test("what happened is the difference of two readings, and a counter that one of them lacks counts 0 there", () => {
  expect(less({ wal: 30, new: 2 }, { wal: 10, gone: 1 })).toEqual({ wal: 20, new: 2, gone: -1 });
  expect(times({ wal: 30 }, 0.1)).toEqual({ wal: 3 });
});

const statement = { id: "1", text: "SELECT 1", calls: 10, plans: 2, planMs: 1, execMs: 5 };

test("statements cost what they did between two readings, the dearest first, and those not called are left out", () => {
  const later = [
    { ...statement, calls: 12, execMs: 6 },
    { ...statement, id: "2", calls: 1, planMs: 3 },
    { ...statement, id: "3" },
  ];
  expect(statementsBetween([statement, { ...statement, id: "3" }], later)).toEqual([
    { ...statement, id: "2", calls: 1, planMs: 3 },
    { ...statement, calls: 2, plans: 0, planMs: 0, execMs: 1 },
  ]);
});

const profile: Profile = {
  orders: 2,
  callers: 1,
  ordersBefore: undefined,
  loadBefore: 0.5,
  outcomes: { shipped: 1, cancelled: 1 },
  errors: [],
  time: { confirmedSeconds: 1, overSeconds: 2, ordersPerSecond: 2, placeOrderP50Ms: 20, placeOrderP99Ms: 30 },
  untilConfirmed: { "cpu postgres": 10, "cpu worker": 4, wal: 40_000 },
  untilShipped: {
    "cpu postgres": 12,
    "cpu worker": 5.5,
    machine: 20.5,
    callers: 3,
    wal: 50_000,
    transactions: 99.4,
    "orders.inserted": 1,
    "orders.updated": 4,
    "orders.hot": 1,
    "orders.deleted": 0,
    "products.updated": 0.01,
  },
  idlePerSecond: { transactions: 60, "cpu worker": 20 },
  statements: [{ ...statement, text: "SELECT\n  1" }],
};

test("the report says what an order costs by process, table and statement", () => {
  expect(profileReport(profile).split("\n")).toEqual([
    "2 orders by 1 callers (1 shipped, 1 cancelled), 0 errors",
    expect.stringContaining("before: 0.50; used by other processes meanwhile: 0 %"),
    "click to confirmed: 2.0 orders/s (1.0 s), all shipped after 2.0 s",
    "placeOrder over HTTP: p50 20 ms, p99 30 ms",
    "",
    "an order costs        until confirmed  until shipped",
    "CPU of postgres, ms                10             12",
    "CPU of worker, ms                   4            5.5",
    "CPU of all, ms                     14           17.5",
    "transactions                                    99.4",
    "WAL, kB                            40             50",
    "waits for Lock, ms                  0              0",
    "waits for LWLock, ms                0              0",
    "waits for IO, ms                    0              0",
    "",
    "rows an order  inserted  updated  deleted  HOT",
    "orders                1        4        0  25 %",
    "",
    "idle: 60 transactions/s; CPU of one core: worker 2.0 %",
    "",
    "ms an order  calls an order  mean ms  plans an order  statement",
    "          3               5      0.6               1  SELECT 1",
  ]);
});

test("the report says what is not known", () => {
  const report = profileReport({
    ...profile,
    untilConfirmed: {},
    untilShipped: {},
    idlePerSecond: {},
    statements: undefined,
  });
  expect(report).toContain("CPU of one core: not known");
  expect(report).toContain("no /proc");
  expect(report).toContain("no pg_stat_statements");
});

test("steady traffic shows how long shoppers wait, and how the memory of each process has grown", () => {
  const run = {
    rate: 20,
    orders: 100,
    errors: 0,
    placeOrder: { p50: 9, p99: 40 },
    clickToConfirmed: { p50: 90, p99: 300 },
    costs: { "cpu worker": 1_000, machine: 0 },
    seconds: 5,
  };
  const memory = [{ worker: 102_400 }, { worker: 307_200 }, { worker: 204_800 }];
  expect(
    pacedReport({ runs: [run], memory })
      .split("\n")
      .map((line) => line.trim().split(/\s{2,}/)),
  ).toEqual([
    expect.any(Array),
    ["20", "100", "0", "9 / 40", "90 / 300", "10.0", "0 %"],
    [""],
    ["memory, MB", "first", "last", "most", "last / first"],
    ["worker", "100", "200", "300", "2.00"],
  ]);
});
