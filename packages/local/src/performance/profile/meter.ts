/** Reads all counters of one running system at once, without what the reading itself costs. */
import { cpus } from "node:os";
import { createPool, poolDatabase } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { cpuOfTree } from "../../environment/processes.ts";
import type { System } from "../../testing/system.ts";
import { less } from "./counters.ts";
import type { Counters, Statement } from "./counters.ts";
import { readLate, readStatements, readWal, sampleWaits } from "./readings.ts";

export const PROCESSES = ["postgres", "storefront", "worker", "gateway", "redis", "admin"] as const;

export interface Mark {
  readonly atMs: number;
  readonly counters: Counters;
  readonly statements: readonly Statement[];
}

export interface Meter extends AsyncDisposable {
  /** The one connection that is left out of what is counted. */
  readonly db: Database;
  /** What is known at once. */
  mark(): Promise<Mark>;
  /** What is complete some `LATE_MS` later. */
  late(): Promise<Counters>;
}

export const between = (from: Mark, to: Mark): Counters => less(to.counters, from.counters);

function totalsOf(statements: readonly Statement[]): Counters {
  const sumOf = (value: (statement: Statement) => number): number =>
    statements.reduce((sum, statement) => sum + value(statement), 0);
  return {
    statements: sumOf(({ calls }) => calls),
    plans: sumOf(({ plans }) => plans),
    "plan ms": sumOf(({ planMs }) => planMs),
    "exec ms": sumOf(({ execMs }) => execMs),
  };
}

function readCpu(system: System, except: number): Counters {
  const used = PROCESSES.flatMap((name): [string, number][] => {
    const pid = system.pid(name);
    const ms = pid === undefined ? undefined : cpuOfTree(pid, [except]);
    return ms === undefined ? [] : [[`cpu ${name}`, ms]];
  });
  return Object.fromEntries(used);
}

/** What all processors of the machine have worked, and what this command itself has, which calls the shop. */
function readMachine(): Counters {
  const busy = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  const { user, system } = process.cpuUsage();
  return { machine: busy.reduce((sum, ms) => sum + ms, 0), callers: (user + system) / 1_000 };
}

export async function createMeter(system: System, countsStatements: boolean): Promise<Meter> {
  const pool = createPool({ url: system.databaseUrl, max: 1, applicationName: "profile" });
  const inner = poolDatabase(pool);
  let transactions = 0;
  const db: Database = {
    query: (statement) => ((transactions += 1), inner.query(statement)),
    transaction: (work) => ((transactions += 1), inner.transaction(work)),
  };
  const [backend] = await db.query<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
  const waits = sampleWaits(db);
  return {
    db,
    async mark() {
      const atMs = performance.now();
      const atOnce = { ...readCpu(system, backend?.pid ?? 0), ...readMachine(), ...waits.read() };
      const wal = await readWal(db);
      const statements = countsStatements ? await readStatements(db) : [];
      return {
        atMs,
        statements,
        counters: { ...atOnce, wal, ...(countsStatements && totalsOf(statements)) },
      };
    },
    late: async () => less(await readLate(db), { transactions }),
    async [Symbol.asyncDispose]() {
      await waits.stop();
      await pool.end();
    },
  };
}
