import { sql } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { discardDeadLetter, editAndRetry } from "../dead-letters/resolve.ts";
import { listDeadLetters, listRetries } from "../dead-letters/queries.ts";
import { requestRetry } from "../dead-letters/retries.ts";
import { createEventCatalogue } from "../event/catalogue.ts";
import { append } from "../testing/bus-at-work.ts";
import { Added, counterEvents } from "../testing/counter.ts";
import { createDatabaseWithEffects } from "../testing/effects.ts";
import { consumerThat, deadLetterOf, untilNothingIsDue } from "../testing/releasing.ts";
import { sharedRow } from "../testing/shared-row.ts";
import { createDatabaseWithSums } from "../testing/sums.ts";
import { publish, publishAll, stepper } from "../testing/subscribing.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { prune } from "./prune.ts";
import { oldestPublished, processedBefore } from "./statements.ts";

const HOUR = 3_600;
const policy = { outboxSeconds: HOUR, inboxSeconds: HOUR, deadLetterSeconds: HOUR };
const ACTOR = { actor: "user:op", reason: "no such order" };
const longAgo = sql`now() - interval '2 hours'`;

it("published rows past their retention go; unpublished ones never do, however old", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["old", "new"]);
  await append(db, "stuck");
  await db.query(
    sql`UPDATE outbox_events SET published_at = ${longAgo}, created_at = ${longAgo} WHERE aggregate_id IN ('old')`,
  );
  await db.query(sql`UPDATE outbox_events SET created_at = ${longAgo} WHERE aggregate_id = 'stuck'`);
  expect(await prune(db, policy)).toMatchObject({ outbox: 1 });
  const left = await db.query<{ id: string }>(sql`SELECT aggregate_id AS id FROM outbox_events ORDER BY id`);
  expect(left.map(({ id }) => id)).toEqual(["new", "stuck"]);
  expect((await db.query(sql`SELECT FROM event_log`)).length).toBe(2);
});

it("an inbox row stays as long as a partition of its consumer is before its event", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await publish(db, ["a", "b"]);
  await stepper(db, defineConsumer("reader", [on(Added, () => undefined)], { partitions: 1 }))();
  await db.query(sql`UPDATE processed_events SET processed_at = ${longAgo}`);
  await db.query(sql`UPDATE consumer_checkpoints SET position = 1`);
  expect(await prune(db, policy)).toMatchObject({ inbox: 1 });
  expect(await db.query(sql`SELECT event_id FROM processed_events`)).toEqual([{ event_id: "b:1" }]);
  await db.query(sql`UPDATE consumer_checkpoints SET position = 2`);
  expect(await prune(db, policy)).toMatchObject({ inbox: 1 });
});

it("an expired key goes when its command is finished, and never before", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await db.query(sql`
    INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at)
    VALUES ('s', 'done', '', 'completed', ${longAgo}), ('s', 'running', '', 'in_progress', ${longAgo}), ('s', 'fresh', '', 'completed', now() + interval '1 hour')`);
  expect(await prune(db, policy)).toMatchObject({ idempotencyKeys: 1 });
  const left = await db.query<{ key: string }>(sql`SELECT key FROM idempotency_keys ORDER BY key`);
  expect(left.map(({ key }) => key)).toEqual(["fresh", "running"]);
});

it("under constant load with a short retention the outbox stays small", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  for (let round = 0; round < 5; round += 1) {
    await append(db, `s${round}`, 500);
    await publishAll(db);
    await db.query(sql`UPDATE outbox_events SET published_at = ${longAgo} WHERE published`);
    await prune(db, policy);
    expect((await db.query(sql`SELECT FROM outbox_events`)).length).toBe(0);
  }
});

async function planOf(db: Database, statement: Sql): Promise<string> {
  return JSON.stringify(await db.query(sql`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`));
}

it("where all rows are fresh, a round reads a chunk of the outbox and nothing of the inbox, by an index", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await db.query(sql`
    INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload, published, published_at)
    SELECT 's' || n || ':1', 'Added', 's' || n, '{}', true, now() FROM generate_series(1, 60000) n`);
  await db.query(
    sql`INSERT INTO processed_events SELECT 'reader', 's' || n || ':1', now() FROM generate_series(1, 60000) n`,
  );
  await db.query(sql`ANALYZE outbox_events, processed_events`);
  const outbox = await planOf(db, oldestPublished(HOUR, 0));
  expect(outbox).toContain("outbox_events_pkey");
  expect(outbox).not.toContain("Seq Scan");
  const inbox = await planOf(db, processedBefore(HOUR));
  expect(inbox).toContain("processed_events_age");
  expect(inbox).not.toMatch(/"Seq Scan"[^}]*"processed_events"/);
  expect(await prune(db, policy)).toMatchObject({ outbox: 0, inbox: 0 });
});

it("old rows behind one that was published late go with it", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  for (let round = 0; round < 6; round += 1) await append(db, "a", 1_000);
  await publishAll(db);
  await db.query(
    sql`UPDATE outbox_events SET published_at = ${longAgo} WHERE id > (SELECT min(id) FROM outbox_events)`,
  );
  expect(await prune(db, policy)).toMatchObject({ outbox: 5_999 });
  expect(await db.query(sql`SELECT event_id FROM outbox_events`)).toEqual([{ event_id: "a:1" }]);
});

it("a table that cannot be pruned keeps no other from it", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  await db.query(sql`
    INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at) VALUES ('s', 'done', '', 'completed', ${longAgo})`);
  await db.query(sql`ALTER TABLE processed_events RENAME TO processed_events_away`);
  await expect(prune(db, policy)).rejects.toThrow("processed_events");
  expect(await db.query(sql`SELECT FROM idempotency_keys`)).toEqual([]);
});

it("a finished dead letter goes with its trace, once every partition of its consumer has passed its event", async () => {
  await using test = await createDatabaseWithEffects();
  const { database: db } = test;
  let broken = true;
  const consumer = consumerThat(() => broken);
  await publish(db, ["a", "b", "c", "d"]);
  await stepper(db, consumer)();
  broken = false;
  const ids = [await deadLetterOf(db, "a:1"), await deadLetterOf(db, "b:1")];
  await requestRetry(db, { ...ACTOR, selection: { ids }, perSecond: 1_000, stopOnFailure: false });
  while ((await listDeadLetters(db, { limit: 10 })).length > 2) await untilNothingIsDue(db, consumer);
  await discardDeadLetter(db, await deadLetterOf(db, "c:1"), ACTOR);
  expect(await prune(db, policy)).toMatchObject({ deadLetters: 0, retries: 0 });
  await db.query(sql`UPDATE dead_letters SET finished_at = finished_at - interval '2 hours'`);
  await db.query(sql`UPDATE dead_letter_retries SET finished_at = finished_at - interval '2 hours'`);
  await db.query(sql`UPDATE consumer_checkpoints SET position = lane + 1`);
  expect(await prune(db, policy)).toMatchObject({ deadLetters: 1, retries: 0 });
  await db.query(sql`UPDATE consumer_checkpoints SET position = 4`);
  expect(await prune(db, policy)).toMatchObject({ deadLetters: 2, retries: 1 });
  expect(await listDeadLetters(db, { status: "all", limit: 10 })).toMatchObject([{ eventId: "d:1", status: "parked" }]);
  expect(await db.query(sql`SELECT FROM dead_letter_actions`)).toEqual([]);
  expect(await listRetries(db, 10)).toEqual([]);
});

it("what was discarded or edited for a projection stays, since a rebuild has to know", async () => {
  await using test = await createDatabaseWithSums();
  const { database: db } = test;
  let broken = true;
  const projection = sharedRow({ fails: () => broken });
  await publish(db, ["discarded", "edited", "delivered"]);
  await stepper(db, projection)();
  broken = false;
  await discardDeadLetter(db, await deadLetterOf(db, "discarded:1"), ACTOR);
  const edit = { ...ACTOR, data: { by: 2 } };
  await editAndRetry(db, createEventCatalogue(counterEvents), await deadLetterOf(db, "edited:1"), edit);
  await db.query(sql`UPDATE dead_letters SET next_attempt_at = now() WHERE status = 'retrying'`);
  await untilNothingIsDue(db, projection);
  await db.query(sql`UPDATE dead_letters SET finished_at = ${longAgo}`);
  expect(await prune(db, policy)).toMatchObject({ deadLetters: 1 });
  const left = await listDeadLetters(db, { status: "all", limit: 10 });
  expect(left.map(({ eventId, status }) => [eventId, status])).toEqual([
    ["edited:1", "resolved"],
    ["discarded:1", "discarded"],
  ]);
});
