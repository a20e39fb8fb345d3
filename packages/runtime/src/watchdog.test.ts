import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLogger } from "./logger.ts";
import { systemScheduler } from "./scheduler.ts";
import { sql } from "./sql.ts";
import type { Database } from "./sql.ts";
import { createWatchdog } from "./watchdog.ts";
import type { LoopPorts } from "./watchdog.ts";

const HANGS = new Promise<never>(() => undefined);
const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A database that answers at once, or, while `away`, never. */
function database() {
  const state = { away: false };
  const answer = async <Row>(): Promise<Row[]> => (state.away ? HANGS : []);
  const db: Database = { query: answer, transaction: (work) => work({ query: answer }) };
  return { db, state };
}

/** Runs `loop` under the watchdog; `starts` are the ports of each of its runs. */
function start(db: Database, loop: (ports: LoopPorts, run: number) => Promise<void>) {
  const stopped = new AbortController();
  const starts: LoopPorts[] = [];
  const options = { db, scheduler: systemScheduler, signal: stopped.signal, logger: createLogger("test", "silent") };
  const watchdog = createWatchdog(options);
  const ended = watchdog.run("loop", (ports) => loop(ports, starts.push(ports)));
  return { watchdog, starts, stop: () => stopped.abort(), ended };
}

const statement = (db: LoopPorts["db"]) => db.query(sql`SELECT 1`);

it.each<[string, (ports: LoopPorts) => Promise<unknown>]>([
  ["a statement that is never answered", ({ db }) => statement(db)],
  ["one in a transaction", ({ db }) => db.transaction(async (tx) => tx.query(sql`SELECT 1`))],
  [
    "one beside a lane that goes on",
    ({ db, scheduler, signal }) => Promise.all([statement(db), scheduler.sleep(2 ** 30, signal)]),
  ],
  ["something else", () => HANGS],
])("a loop that hangs in %s is left, and started again", async (_, hang) => {
  const { db, state } = database();
  const { starts, stop, ended } = start(db, async ({ scheduler, signal, ...ports }, run) => {
    state.away = run === 1;
    if (run === 1) await hang({ scheduler, signal, ...ports });
    while (!signal.aborted) await scheduler.sleep(1_000, signal);
  });
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(starts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(starts.length).toBe(2);
  stop();
  await ended;
});

it.each<[string, (ports: LoopPorts) => Promise<unknown>]>([
  ["sleeps for an hour", ({ scheduler, signal }) => scheduler.sleep(60 * MINUTE, signal)],
  [
    "is busy without a pause",
    async ({ db, signal }) => {
      while (!signal.aborted) await Promise.all([statement(db), systemScheduler.sleep(1_000, signal)]);
    },
  ],
  [
    "is long at one transaction",
    ({ db, signal }) =>
      db.transaction(async (tx) => {
        while (!signal.aborted) {
          await tx.query(sql`SELECT 1`);
          await systemScheduler.sleep(MINUTE, signal);
        }
      }),
  ],
])("one that %s is left alone", async (_, loop) => {
  const { starts, stop, ended } = start(database().db, async (ports) => void (await loop(ports)));
  await vi.advanceTimersByTimeAsync(30 * MINUTE);
  expect(starts.length).toBe(1);
  stop();
  await vi.advanceTimersByTimeAsync(MINUTE);
  await ended;
});

it("one that ends or throws is started again", async () => {
  const { starts, stop, ended } = start(database().db, async ({ scheduler, signal }, run) => {
    if (run === 1) return;
    if (run === 2) throw new Error("a fault of its own");
    await scheduler.sleep(60 * MINUTE, signal);
  });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(starts.length).toBe(3);
  stop();
  await ended;
});

it("when all is to end, one that still does something is waited for, and one that hangs is not", async () => {
  const { db, state } = database();
  let done = false;
  const busy = start(db, async ({ scheduler }) => {
    await scheduler.sleep(20_000);
    done = true;
  });
  busy.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  await busy.ended;
  expect(done).toBe(true);
  state.away = true;
  const hanging = start(db, async (ports) => void (await statement(ports.db)));
  hanging.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await hanging.ended;
});
