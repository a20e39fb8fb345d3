/** What a consumer does when Kafka does not deliver: everything here comes from the log in Postgres. */
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database, Scheduler } from "@tillstream/runtime";
import { expect, test, vi } from "vitest";
import { quarantine } from "../../outbox/quarantine.ts";
import { upTo } from "../../testing/bus-at-work.ts";
import { Added } from "../../testing/counter.ts";
import { createDatabaseWithEffects } from "../../testing/effects.ts";
import { append, feedOptions, takeLease, witness, witnessed } from "../../testing/kafka-relay.ts";
import { jsonCodec } from "../../testing/kafka.ts";
import type { GroupMember } from "./group-member.ts";
import { claimBatch, markPublished } from "./outbox-statements.ts";
import { runConsumer } from "./run-consumer.ts";

const WAIT = { timeout: 15_000, interval: 50 };
const LOOK_AHEAD = 4;

/** A member of a group that is never given a record. */
const idle: GroupMember = {
  take: async (_max, waitMs, signal) => {
    await systemScheduler.sleep(waitMs, signal);
    return [];
  },
  commit: async () => undefined,
  close: async () => undefined,
};

/** Every wait is a short one. */
const hasty: Scheduler = {
  ...systemScheduler,
  sleep: (ms, signal) => systemScheduler.sleep(Math.min(ms, 10), signal),
};

/** As the relay does with events that Kafka takes, a while ago. */
async function publish(db: Database, owner: string): Promise<void> {
  const lease = await takeLease(db, owner);
  const { events } = await claimBatch(db, lease, 100);
  await markPublished(db, lease, events);
  await db.query(sql`UPDATE outbox_events SET published_at = now() - interval '1 minute' WHERE published`);
}

/** Runs the witness in a group that gives it nothing. */
function withoutRecords(db: Database): AsyncDisposable {
  const stop = new AbortController();
  const running = runConsumer({
    consumer: witness,
    options: { ...feedOptions(db, stop.signal), scheduler: hasty },
    codec: jsonCodec,
    messaging: { system: "kafka", destinationOf: (type) => type },
    join: async () => idle,
    lookAhead: LOOK_AHEAD,
  });
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

test("what Kafka lost takes effect, however far it is behind an event that cannot be published", async () => {
  await using stack = new AsyncDisposableStack();
  const { database: db } = stack.use(await createDatabaseWithEffects());
  await append(db, "refused");
  const lease = await takeLease(db, "one");
  expect((await claimBatch(db, lease, 1)).events).toHaveLength(1);
  expect(await quarantine(db, lease, new Error("too large"))).toBe("refused:1");
  const delivered = Array.from({ length: 3 * LOOK_AHEAD }, (_, index) => `delivered-${index}`);
  for (const streamId of [...delivered, "lost"]) await append(db, streamId);
  await publish(db, "two");
  await db.query(sql`
    INSERT INTO processed_events (consumer, event_id)
    SELECT 'witness', event_id FROM events WHERE stream_id = ANY(${delivered}::text[])`);

  stack.use(withoutRecords(db));
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ lost: upTo(1) }), WAIT);
  // Once it is through the search begins again: the first event is published at last.
  await db.query(sql`UPDATE outbox_events SET published = true, published_at = now() - interval '1 minute'`);
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ lost: upTo(1), refused: upTo(1) }), WAIT);
  await vi.waitFor(async () => {
    const rows = await db.query(sql`SELECT DISTINCT position FROM consumer_checkpoints`);
    expect(rows).toEqual([{ position: delivered.length + 2 }]);
  }, WAIT);
});

test("what was published before the clock went back and never came takes effect", async () => {
  await using stack = new AsyncDisposableStack();
  const { database: db } = stack.use(await createDatabaseWithEffects());
  await append(db, "a");
  await publish(db, "one");
  await db.query(sql`UPDATE outbox_events SET published_at = now() + interval '1 hour'`);
  stack.use(withoutRecords(db));
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ a: upTo(1) }), WAIT);
});

test("what is taken from the log waits for what is open before it in its stream, overdue or not", async () => {
  await using stack = new AsyncDisposableStack();
  const { database: db } = stack.use(await createDatabaseWithEffects());
  await append(db, "a", [Added.create({ by: 1 }), Added.create({ by: 1 })]);
  await publish(db, "one");
  await db.query(sql`UPDATE outbox_events SET published_at = now() WHERE event_id = 'a:1'`);
  stack.use(withoutRecords(db));
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ a: upTo(2) }), WAIT);
});
