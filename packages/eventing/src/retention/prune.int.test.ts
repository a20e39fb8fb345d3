import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { Added } from "../testing/counter.ts";
import { append } from "../testing/bus-at-work.ts";
import { publish, publishAll, stepper } from "../testing/subscribing.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { prune } from "./prune.ts";

const HOUR = 3_600;
const policy = { outboxSeconds: HOUR, inboxSeconds: HOUR };
const longAgo = sql`now() - interval '2 hours'`;

it("published rows past their retention go; unpublished ones never do, however old", async () => {
  await using test = await createTestDatabase();
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

it("an inbox row stays as long as a lane of its consumer stands before its event", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await publish(db, ["a", "b"]);
  await stepper(db, defineConsumer("reader", [on(Added, () => undefined)], { lanes: 1 }))();
  await db.query(sql`UPDATE processed_events SET processed_at = ${longAgo}`);
  await db.query(sql`UPDATE consumer_checkpoints SET position = 1`);
  expect(await prune(db, policy)).toMatchObject({ inbox: 1 });
  expect(await db.query(sql`SELECT event_id FROM processed_events`)).toEqual([{ event_id: "b:1" }]);
  await db.query(sql`UPDATE consumer_checkpoints SET position = 2`);
  expect(await prune(db, policy)).toMatchObject({ inbox: 1 });
});

it("an expired key goes when its command is finished, and never before", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await db.query(sql`
    INSERT INTO idempotency_keys (scope, key, fingerprint, status, expires_at)
    VALUES ('s', 'done', '', 'completed', ${longAgo}), ('s', 'running', '', 'in_progress', ${longAgo}), ('s', 'fresh', '', 'completed', now() + interval '1 hour')`);
  expect(await prune(db, policy)).toMatchObject({ idempotencyKeys: 1 });
  const left = await db.query<{ key: string }>(sql`SELECT key FROM idempotency_keys ORDER BY key`);
  expect(left.map(({ key }) => key)).toEqual(["fresh", "running"]);
});

it("under constant load with a short retention the outbox stays small", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  for (let round = 0; round < 5; round += 1) {
    await append(db, `s${round}`, 500);
    await publishAll(db);
    await db.query(sql`UPDATE outbox_events SET published_at = ${longAgo} WHERE published`);
    await prune(db, policy);
    expect((await db.query(sql`SELECT FROM outbox_events`)).length).toBe(0);
  }
});
