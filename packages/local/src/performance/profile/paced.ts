/** Shoppers at a steady rate: how long each waits from the click until the order is confirmed, and what memory the processes take meanwhile. */
import { sql, systemScheduler } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { memoryOfTree } from "../../environment/processes.ts";
import { settled } from "../../operations/verify/index.ts";
import type { System } from "../../testing/system.ts";
import { pacedTraffic } from "../traffic/paced.ts";
import { percentile, placeOrders } from "../traffic/shoppers.ts";
import type { Counters } from "./counters.ts";
import { between, PROCESSES } from "./meter.ts";
import { openPages } from "./open-pages.ts";
import { startCounted } from "./start.ts";

const LOOK_MS = 20;
const MINUTE_MS = 60_000;
const WARM_UP_ORDERS = 100;
const OVER_TIMEOUT_MS = 180_000;

export interface PacedProfileOptions {
  /** Shoppers a second; one after the other, each for so many minutes. */
  readonly rates: readonly number[];
  readonly minutes: number;
  readonly declined: number;
  /** Pages of the console are open meanwhile. */
  readonly withPages?: boolean;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Waits {
  readonly p50: number;
  readonly p99: number;
}

export interface PacedRun {
  readonly rate: number;
  readonly orders: number;
  readonly errors: number;
  /** Milliseconds. */
  readonly placeOrder: Waits;
  readonly clickToConfirmed: Waits;
  /** Of all orders together, and of all processors of the machine. */
  readonly costs: Counters;
  readonly seconds: number;
}

export interface PacedProfile {
  readonly runs: readonly PacedRun[];
  /** Kilobytes of each process and open page, from minute to minute. */
  readonly memory: readonly Counters[];
}

/** Notes how long each order takes until its page shows it as confirmed or cancelled. */
function watchPages(db: SqlExecutor) {
  const clicked = new Map<string, number>();
  const tookMs: number[] = [];
  const stop = new AbortController();
  async function look(): Promise<void> {
    const ids = [...clicked.keys()];
    const rows = await db.query<{ id: string }>(sql`
      SELECT order_id AS id FROM order_view WHERE order_id = ANY(${ids}::text[]) AND status <> 'pending'`);
    const now = performance.now();
    for (const { id } of rows) {
      tookMs.push(now - (clicked.get(id) ?? now));
      clicked.delete(id);
    }
  }
  const watching = (async () => {
    while (!stop.signal.aborted || clicked.size > 0) {
      await systemScheduler.sleep(LOOK_MS);
      if (clicked.size > 0) await look();
    }
  })();
  return {
    click: (orderId: string, atMs: number) => void clicked.set(orderId, atMs),
    /** Resolves when all are. */
    async finished(): Promise<readonly number[]> {
      stop.abort();
      await watching;
      return tookMs.toSorted((one, other) => one - other);
    },
  };
}

const waitsOf = (ascending: readonly number[]): Waits => ({
  p50: percentile(ascending, 0.5),
  p99: percentile(ascending, 0.99),
});

function memoryOf(system: System): Counters {
  return Object.fromEntries(
    PROCESSES.flatMap((name): [string, number][] => {
      const pid = system.pid(name);
      const kilobytes = pid === undefined ? undefined : memoryOfTree(pid);
      return kilobytes === undefined ? [] : [[name, kilobytes]];
    }),
  );
}

const memoryLine = (sample: Counters): string =>
  `memory, MB: ${Object.entries(sample)
    .map(([name, kilobytes]) => `${name} ${(kilobytes / 1_024).toFixed(1)}`)
    .join(", ")}`;

export async function profilePaced(options: PacedProfileOptions): Promise<PacedProfile> {
  const { rates, minutes, declined, log, signal } = options;
  await using started = await startCounted({ log, signal });
  const { system, meter, shoppers } = started;
  const { db } = meter;
  const settle = async () => {
    const left = await settled(db, OVER_TIMEOUT_MS);
    if (left !== undefined) throw new Error(`not done after ${OVER_TIMEOUT_MS / 1_000} s: ${JSON.stringify(left)}`);
  };
  const traffic = { ...shoppers, declineShare: declined };
  log(`warming up with ${WARM_UP_ORDERS} orders`);
  await placeOrders({ ...traffic, seed: 1, count: WARM_UP_ORDERS, concurrency: 4 });
  await settle();

  await using pages = options.withPages === true ? await openPages(system, log) : undefined;
  const memory: Counters[] = [];
  const sample = async () => {
    const taken = { ...memoryOf(system), ...(await pages?.inUse()) };
    memory.push(taken);
    // An hour is long: what was measured until then is known also when it is ended early.
    log(memoryLine(taken));
  };
  await sample();
  const stopSampling = systemScheduler.every(MINUTE_MS, sample);
  const runs: PacedRun[] = [];
  for (const rate of rates) {
    log(`${rate} shoppers a second`);
    const orderPages = watchPages(db);
    const answersMs: number[] = [];
    const start = await meter.mark();
    const { orders, errors } = await pacedTraffic({
      ...traffic,
      rate,
      minutes,
      seed: rate,
      signal,
      log,
      onPlaced({ orderId }, clickedMs) {
        answersMs.push(performance.now() - clickedMs);
        orderPages.click(orderId, clickedMs);
      },
    });
    const confirmedMs = await orderPages.finished();
    const end = await meter.mark();
    runs.push({
      rate,
      orders,
      errors,
      placeOrder: waitsOf(answersMs.toSorted((one, other) => one - other)),
      clickToConfirmed: waitsOf(confirmedMs),
      costs: between(start, end),
      seconds: (end.atMs - start.atMs) / 1_000,
    });
    await settle();
  }
  stopSampling();
  await sample();
  return { runs, memory };
}
