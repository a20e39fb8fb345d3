/** Many events a second beside a transaction that idles for all of the time: nothing dead can be cleared away meanwhile. */
import { appendEvents } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type pg from "pg";
import { Ticked } from "../../resilience/faults/ordering.ts";
import { startConsumer } from "./deployment.ts";
import type { Figure } from "./measure.ts";
import { createBenchShop } from "./shop.ts";

const EVENTS_PER_APPEND = 100;
const APPENDS_PER_SECOND = 20;
const MINUTE_MS = 60_000;
const TABLES_SHOWN = 4;
const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };

/** Holds back the horizon of what may be cleared away; rolled back at the end. */
async function idleTransaction(pool: pg.Pool): Promise<AsyncDisposable> {
  const client = await pool.connect();
  await client.query("SET idle_in_transaction_session_timeout = 0");
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await client.query("SELECT pg_current_xact_id()");
  return {
    async [Symbol.asyncDispose]() {
      await client.query("ROLLBACK");
      client.release(true);
    },
  };
}

/** Appends until the time is over, in step with the clock. */
async function write(db: Database, milliseconds: number, onAppended: () => void): Promise<void> {
  const started = performance.now();
  const events = Array.from({ length: EVENTS_PER_APPEND }, () => Ticked.create({}));
  for (let due = 0; due < milliseconds; due += 1_000 / APPENDS_PER_SECOND) {
    await systemScheduler.sleep(Math.max(0, started + due - performance.now()));
    const streamId = `idle-${due}`;
    await appendEvents(db, { streamId, streamType: "bench", expectedVersion: "new", events, metadata });
    onAppended();
  }
}

async function deadRows(db: Database): Promise<string> {
  const rows = await db.query<{ name: string; dead: number }>(sql`
    SELECT relname::text AS name, n_dead_tup::float8 AS dead FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT ${TABLES_SHOWN}`);
  return rows.map(({ name, dead }) => `${name} ${dead}`).join(", ");
}

export async function* benchBesideIdle(minutes: number): AsyncGenerator<Figure> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db, pool } = shop;
  await using stack = new AsyncDisposableStack();
  stack.use(await idleTransaction(pool));
  let handled = 0;
  const running = await startConsumer(shop, "bench", () => void (handled += 1));
  stack.defer(() => running.stop());
  const byMinute: number[] = [];
  const period = Math.min(MINUTE_MS, (minutes * MINUTE_MS) / 2);
  let before = 0;
  const stopCounting = systemScheduler.every(period, async () => {
    byMinute.push(handled - before);
    before = handled;
  });
  await write(db, minutes * MINUTE_MS, running.hintOutbox);
  await systemScheduler.sleep(period / 10);
  stopCounting();
  const [first = 0, last = 0] = [byMinute[0], byMinute.at(-1)];
  const perSecond = (count: number) => (count / (period / 1_000)).toFixed(0);
  yield {
    name: `${EVENTS_PER_APPEND * APPENDS_PER_SECOND} events/s for ${minutes} minutes beside an idle transaction`,
    measured: `first minute ${perSecond(first)}/s, last ${perSecond(last)}/s: ${(last / first).toFixed(2)}`,
    reach: ">= 0.9",
  };
  yield { name: "dead rows then", measured: await deadRows(db), reach: "bounded" };
}
