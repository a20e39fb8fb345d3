import { createTestDatabase } from "@tillstream/db/testing";
import type { TestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EVENT_RATES, eventRates } from "./event-rates.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test[Symbol.asyncDispose]());

/** The newest was recorded now, each one before it `everyMs` earlier; every tenth is a Reset. */
async function fillLog(db: SqlExecutor, count: number, everyMs: number): Promise<void> {
  await db.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    SELECT n || ':1', n::text, 'counter', 1, CASE WHEN n % 10 = 0 THEN 'Reset' ELSE 'Added' END, 1, '{}', '{}',
           now() - (${count}::int - n) * ${everyMs}::float8 * interval '1 ms'
    FROM generate_series(1, ${count}::int) n`);
  await db.query(sql`
    INSERT INTO event_log (position, event_id, stream_id, type, recorded_at)
    SELECT stream_id::bigint, event_id, stream_id, type, recorded_at FROM events`);
  await db.query(sql`ANALYZE event_log`);
}

it("counts what was published in the last five minutes, by the minute", async () => {
  const { database: db } = test;
  expect(await eventRates(db)).toEqual({ windowSeconds: 300, perMinute: new Map() });
  await fillLog(db, 1_000, 1_000);
  const { windowSeconds, perMinute } = await eventRates(db);
  expect(windowSeconds).toBe(300);
  expect(perMinute.get("Added")).toBeCloseTo(54, 0);
  expect(perMinute.get("Reset")).toBeCloseTo(6, 0);
});

it("while much is published it reads the end of the log only, and says for how long that was", async () => {
  const { database: db } = test;
  await fillLog(db, 100_000, 10);
  const { windowSeconds, perMinute } = await eventRates(db);
  expect(windowSeconds).toBeGreaterThanOrEqual(49);
  expect(windowSeconds).toBeLessThan(60);
  expect(((perMinute.get("Added") ?? 0) * windowSeconds) / 60).toBeCloseTo(4_500, -1);
  const plan = await db.query(sql`EXPLAIN ${EVENT_RATES}`);
  expect(JSON.stringify(plan)).toContain("Index Scan Backward using event_log_pkey");
  expect(JSON.stringify(plan)).not.toContain("Seq Scan on event_log");
});
