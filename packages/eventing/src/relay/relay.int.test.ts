import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, createWakeUp, repeat, sql, systemScheduler } from "@tillstream/runtime";
import type { Database, Scheduler, WakeUp } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import type { EventBus } from "../bus/event-bus.ts";
import type { PublishedBatch } from "../outbox/publish-batch.ts";
import { createPostgresBus } from "../bus/postgres-bus.ts";
import { appendEvents } from "../store/append.ts";
import { readLog } from "../store/read.ts";
import { Added, testMetadata } from "../testing/counter.ts";
import { createGate } from "../testing/gate.ts";
import { acquireRelayLease } from "../outbox/lease.ts";
import { publishBatch } from "../outbox/publish-batch.ts";
import { relaySupervision, relayTurn } from "./relay.ts";
import type { RelayOptions } from "./relay.ts";

const POLL_MS = 10;
const append = (db: Database, streamId: string, count = 1) =>
  appendEvents(db, {
    streamId,
    streamType: "counter",
    expectedVersion: "new",
    events: Array.from({ length: count }, () => Added.create({ by: 1 })),
    metadata: testMetadata,
  });

/** Never hints: what is delivered was found by the poll. */
const deaf: WakeUp = { notify: () => undefined, wait: (ms, signal) => systemScheduler.sleep(ms, signal) };

function relayOptions(db: Database, signal: AbortSignal, overrides: Partial<RelayOptions> = {}): RelayOptions {
  return {
    db,
    bus: createPostgresBus(db),
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    owner: "one",
    batchSize: 10,
    pollMs: POLL_MS,
    outboxWakeUp: deaf,
    onPublished: () => undefined,
    signal,
    ...overrides,
  };
}

const published = async (db: Database) => (await readLog(db, 0, 1_000)).map((event) => event.eventId);
const waitingTasks = async (db: Database) =>
  (await db.query(sql`SELECT FROM graphile_worker.jobs WHERE locked_at IS NULL`)).length;
const isFree = async (db: Database) =>
  (await db.query(sql`SELECT FROM relay_leases WHERE expires_at > now()`)).length === 0;

/** A scheduler whose long sleeps, such as a turn, end when the test says so. */
function turns(): { scheduler: Scheduler; end(): void } {
  const turn = createGate();
  const sleep: Scheduler["sleep"] = (ms, signal) => (ms > 10_000 ? turn.wait() : systemScheduler.sleep(ms, signal));
  return { scheduler: { ...systemScheduler, sleep }, end: turn.open };
}

it("with every hint lost, committed events are still published within a poll or two", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  const running = relayTurn(relayOptions(database, stop.signal));
  for (const streamId of ["a", "b", "c"]) {
    await append(database, streamId);
    await vi.waitFor(async () => expect(await published(database)).toContain(`${streamId}:1`));
  }
  stop.abort();
  await running;
});

it("a hint wakes the relay long before its poll", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  const outboxWakeUp = createWakeUp(systemScheduler);
  const running = relayTurn(relayOptions(database, stop.signal, { outboxWakeUp, pollMs: 600_000 }));
  await vi.waitFor(async () => expect(await isFree(database)).toBe(false));
  await append(database, "a");
  outboxWakeUp.notify();
  await vi.waitFor(async () => expect(await published(database)).toEqual(["a:1"]));
  stop.abort();
  await running;
});

it("a backlog is published in larger batches, without waiting between them", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await append(database, "a", 95);
  const stop = new AbortController();
  const counts: number[] = [];
  const onPublished = (batch: PublishedBatch) => counts.push(batch.count);
  const running = relayTurn(relayOptions(database, stop.signal, { pollMs: 600_000, onPublished }));
  await vi.waitFor(() => expect(counts).toEqual([10, 50, 35]));
  stop.abort();
  await running;
});

it("a batch that fails leaves nothing half done, and is published when the fault is gone", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await append(database, "a", 3);
  const lease = (await acquireRelayLease(database, "one")) ?? expect.fail();
  await database.query(sql`ALTER TABLE event_log ADD CONSTRAINT broken CHECK (event_id <> 'a:2')`);
  await expect(publishBatch(database, lease, 10)).rejects.toThrow("broken");
  const rows = await database.query(sql`
    SELECT (SELECT count(*)::int FROM event_log) AS logged, (SELECT position::int FROM event_log_head) AS head,
           (SELECT count(*)::int FROM outbox_events WHERE NOT published) AS unpublished`);
  expect(rows).toEqual([{ logged: 0, head: 0, unpublished: 3 }]);
  await database.query(sql`ALTER TABLE event_log DROP CONSTRAINT broken`);
  expect(await publishBatch(database, lease, 10)).toMatchObject({ owned: true, count: 3 });
});

it("the relay goes on after Postgres failed it", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  let failures = 2;
  const flaky: Database = {
    ...database,
    query: (statement) =>
      statement.text.includes("event_log") && (failures -= 1) >= 0
        ? Promise.reject(new Error("Connection terminated"))
        : database.query(statement),
  };
  const scheduler: Scheduler = {
    ...systemScheduler,
    sleep: (ms, signal) => systemScheduler.sleep(ms > 10_000 ? ms : 1, signal),
  };
  await append(database, "a");
  const running = relayTurn(relayOptions(flaky, stop.signal, { scheduler }));
  await vi.waitFor(async () => expect(await published(database)).toEqual(["a:1"]));
  stop.abort();
  await running;
});

it("when a turn is over the next task is queued and any process may take it at once", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  const { scheduler, end } = turns();
  const turn = relayTurn(relayOptions(database, stop.signal, { scheduler }));
  await vi.waitFor(async () => expect(await isFree(database)).toBe(false));
  expect(await waitingTasks(database)).toBe(0);
  end();
  await turn;
  expect(await waitingTasks(database)).toBe(1);
  expect(await acquireRelayLease(database, "another process")).toMatchObject({ epoch: 2 });
});

it("a relay that lost its lease ends, and does not queue a task that would take it back", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  const turn = relayTurn(relayOptions(database, stop.signal));
  await vi.waitFor(async () => expect(await isFree(database)).toBe(false));
  await database.query(sql`UPDATE relay_leases SET owner = 'two', epoch = epoch + 1`);
  await turn;
  stop.abort();
  expect(await waitingTasks(database)).toBe(0);
  expect(await isFree(database)).toBe(false);
});

it("a batch that takes longer than the lease keeps it, until the relay of another takes it by force", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  const gate = createGate();
  const real = createPostgresBus(database);
  const slow = {
    ...real,
    publish: (...args: Parameters<EventBus["publish"]>) => gate.wait().then(() => real.publish(...args)),
  };
  const every: Scheduler["every"] = (ms, work) => systemScheduler.every(Math.min(ms, POLL_MS), work);
  await append(database, "a");
  const turn = relayTurn(relayOptions(database, stop.signal, { bus: slow, scheduler: { ...systemScheduler, every } }));
  await gate.reached;
  const expiry = await database.query<{ expires_at: Date }>(
    sql`UPDATE relay_leases SET expires_at = now() + interval '300 ms' RETURNING expires_at`,
  );
  await vi.waitFor(async () => {
    const before = expiry[0]?.expires_at;
    const rows = await database.query(sql`
      SELECT now() > ${before}::timestamptz AND expires_at > ${before}::timestamptz AS kept FROM relay_leases`);
    expect(rows).toEqual([{ kept: true }]);
  });
  expect(await acquireRelayLease(database, "two")).toBeUndefined();
  await supervise(database, 3);
  expect(await waitingTasks(database)).toBe(0);

  await database.query(sql`UPDATE relay_leases SET owner = 'two', epoch = epoch + 1, expires_at = now()`);
  gate.open();
  await turn;
  expect(await published(database)).toEqual([]);
  expect(await isFree(database)).toBe(true);
  stop.abort();
});

it("a process that stops gives the lease back", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  const stop = new AbortController();
  const turn = relayTurn(relayOptions(database, stop.signal));
  await vi.waitFor(async () => expect(await isFree(database)).toBe(false));
  stop.abort();
  await turn;
  expect(await isFree(database)).toBe(true);
});

/** Lets the supervisor look at the lease some times. */
async function supervise(db: Database, looks: number): Promise<void> {
  const stop = new AbortController();
  let looked = 0;
  const sleep: Scheduler["sleep"] = async () => {
    looked += 1;
    if (looked === looks) stop.abort();
  };
  await repeat(relaySupervision, relayOptions(db, stop.signal, { scheduler: { ...systemScheduler, sleep } }));
}

it("the supervisor queues one task while the lease is free, and none while it is taken", async () => {
  await using test = await createTestDatabase();
  const { database } = test;
  await supervise(database, 3);
  expect(await waitingTasks(database)).toBe(1);
  await database.query(sql`DELETE FROM graphile_worker._private_jobs`);
  await acquireRelayLease(database, "one");
  await supervise(database, 3);
  expect(await waitingTasks(database)).toBe(0);
});
