/** What one order costs: a whole system of its own takes a burst of orders, and everything is counted before, between and after. */
import { loadavg } from "node:os";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { settled } from "../../operations/verify/index.ts";
import { percentile, placeOrders } from "../traffic/shoppers.ts";
import type { Burst } from "../traffic/shoppers.ts";
import { less, statementsBetween, times } from "./counters.ts";
import type { Counters, Statement } from "./counters.ts";
import { between } from "./meter.ts";
import type { Mark, Meter } from "./meter.ts";
import { LATE_MS, makeDue } from "./readings.ts";
import { startCounted } from "./start.ts";

/** A day: what is confirmed waits until it is made due, so that the two costs can be told apart. */
const SHIPPING_DELAY_MS = "86400000";
const WARM_UP_ORDERS = 200;
const OVER_TIMEOUT_MS = 180_000;
const POLL_MS = 50;
const IDLE_MS = 10_000;

export interface ProfileOptions {
  readonly orders: number;
  readonly callers: number;
  /** The share of cards that are declined, from 0 to 1. */
  readonly declined: number;
  /** How many are in the database before; undefined for those of the seed. */
  readonly ordersBefore: number | undefined;
  readonly log: (line: string) => void;
  /** Aborts it: what was started is stopped, and the profile rejects. */
  readonly signal: AbortSignal;
}

export interface Profile {
  readonly orders: number;
  readonly callers: number;
  readonly ordersBefore: number | undefined;
  /** The machine's, of the minute before: a busy one measures something else. */
  readonly loadBefore: number;
  /** How many orders ended how. */
  readonly outcomes: Counters;
  readonly errors: readonly string[];
  readonly time: {
    /** From the first click until no order was pending. */
    readonly confirmedSeconds: number;
    readonly overSeconds: number;
    readonly ordersPerSecond: number;
    readonly placeOrderP50Ms: number;
    readonly placeOrderP99Ms: number;
  };
  /** What one order cost until all were confirmed or cancelled. */
  readonly untilConfirmed: Counters;
  /** The same and the rest, until all was over. */
  readonly untilShipped: Counters;
  /** Of the system when all is over. */
  readonly idlePerSecond: Counters;
  /** For all orders together; undefined where Postgres does not count them. */
  readonly statements: readonly Statement[] | undefined;
}

/** Of those placed since then: to look through a million others would be most of the work. */
async function noneIsPending(db: Database, since: Date): Promise<void> {
  const end = performance.now() + OVER_TIMEOUT_MS;
  while (performance.now() < end) {
    const pending = await db.query(sql`SELECT FROM orders WHERE placed_at >= ${since} AND status = 'pending' LIMIT 1`);
    if (pending.length === 0) return;
    await systemScheduler.sleep(POLL_MS);
  }
  throw new Error(`orders are still pending after ${OVER_TIMEOUT_MS / 1_000} s`);
}

async function allIsDone(db: Database): Promise<void> {
  const left = await settled(db, OVER_TIMEOUT_MS);
  if (left !== undefined) throw new Error(`not done after ${OVER_TIMEOUT_MS / 1_000} s: ${JSON.stringify(left)}`);
}

async function outcomesOf(db: Database, { placed }: Burst): Promise<Counters> {
  const ids = placed.map(({ orderId }) => orderId);
  const rows = await db.query<{ status: string; count: number }>(sql`
    SELECT status, count(*)::int AS count FROM orders WHERE id = ANY(${ids}) GROUP BY status`);
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

type Buy = (count: number, seed: number) => Promise<Burst>;

async function warmUp({ db }: Meter, buy: Buy): Promise<void> {
  // The first change of a page after a checkpoint logs the whole page: most of those that all orders share are done with then.
  await db.query(sql`CHECKPOINT`);
  await buy(WARM_UP_ORDERS, 1);
  await allIsDone(db);
  await makeDue(db);
  await allIsDone(db);
  await systemScheduler.sleep(LATE_MS);
}

/** One burst, from the first click to the rest afterwards. */
interface Course {
  readonly burst: Burst;
  readonly start: Mark;
  readonly confirmed: Mark;
  readonly over: Mark;
  /** What this command did meanwhile to get the orders shipped. */
  readonly own: Counters;
  /** From the start to the end of the rest that follows, of so many seconds. */
  readonly late: Counters;
  readonly restSeconds: number;
  readonly idlePerSecond: Counters;
}

async function takeCourse(meter: Meter, buy: () => Promise<Burst>, log: ProfileOptions["log"]): Promise<Course> {
  const { db } = meter;
  const lateAtStart = await meter.late();
  const [{ now } = { now: new Date(0) }] = await db.query<{ now: Date }>(sql`SELECT now() AS now`);
  const start = await meter.mark();
  const burst = await buy();
  await noneIsPending(db, now);
  const confirmed = await meter.mark();
  await allIsDone(db);
  log("shipping them");
  const undue = await meter.mark();
  const ownRows = await makeDue(db);
  const due = await meter.mark();
  await allIsDone(db);
  const over = await meter.mark();
  log("watching the idle system");
  await systemScheduler.sleep(LATE_MS);
  const [idle, lateAtIdle] = [await meter.mark(), await meter.late()];
  await systemScheduler.sleep(IDLE_MS);
  const [end, lateAtEnd] = [await meter.mark(), await meter.late()];
  return {
    burst,
    start,
    confirmed,
    over,
    own: { ...between(undue, due), ...ownRows },
    late: less(lateAtIdle, lateAtStart),
    restSeconds: (idle.atMs - over.atMs) / 1_000,
    idlePerSecond: times({ ...between(idle, end), ...less(lateAtEnd, lateAtIdle) }, 1_000 / (end.atMs - idle.atMs)),
  };
}

function costs({ burst, start, confirmed, over, own, late, restSeconds, idlePerSecond }: Course) {
  const count = burst.placed.length;
  const seconds = (mark: Mark): number => (mark.atMs - start.atMs) / 1_000;
  // Of the rest only the polls are known for sure not to be the orders' doing.
  const transactions = restSeconds * (idlePerSecond["transactions"] ?? 0);
  return {
    time: {
      confirmedSeconds: seconds(confirmed),
      overSeconds: seconds(over),
      ordersPerSecond: count / seconds(confirmed),
      placeOrderP50Ms: percentile(burst.latenciesMs, 0.5),
      placeOrderP99Ms: percentile(burst.latenciesMs, 0.99),
    },
    untilConfirmed: times(between(start, confirmed), 1 / count),
    untilShipped: times(less({ ...between(start, over), ...less(late, { transactions }) }, own), 1 / count),
    idlePerSecond,
  };
}

export async function profileOrders(options: ProfileOptions): Promise<Profile> {
  const { orders, callers, declined, log, signal, ordersBefore } = options;
  const [loadBefore = 0] = loadavg();
  await using started = await startCounted({ ordersBefore, log, signal, env: { SHIPPING_DELAY_MS } });
  const { meter, shoppers, countsStatements } = started;
  const buy: Buy = (count, seed) =>
    placeOrders({ ...shoppers, declineShare: declined, concurrency: callers, count, seed });

  log(`warming up with ${WARM_UP_ORDERS} orders`);
  await warmUp(meter, buy);
  log(`placing ${orders} orders, ${callers} at a time`);
  const course = await takeCourse(meter, () => buy(orders, 2), log);
  const { burst, start, over } = course;
  return {
    orders: burst.placed.length,
    callers,
    ordersBefore,
    loadBefore,
    outcomes: await outcomesOf(meter.db, burst),
    errors: burst.errors,
    ...costs(course),
    statements: countsStatements ? statementsBetween(start.statements, over.statements) : undefined,
  };
}
