import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, createWakeUp, raw, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createPostgresBus } from "../bus/postgres-bus.ts";
import { append, lease, publishAll } from "../testing/bus-at-work.ts";
import { CONTENTION } from "../testing/failures.ts";
import { outboxStatus } from "../monitoring/lag.ts";
import { quarantinedRows } from "./quarantined-rows.ts";
import { relayTurn } from "../relay/relay.ts";

const published = async (db: Database) =>
  (await db.query<{ id: string }>(sql`SELECT event_id AS id FROM event_log ORDER BY position`)).map(({ id }) => id);
const waiting = (db: Database) =>
  db.query(sql`SELECT event_id, attempts, last_error FROM outbox_events WHERE NOT published AND attempts > 0`);

function startRelay(db: Database): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const turn = relayTurn({
    db,
    bus: createPostgresBus(db),
    logger: createLogger("test", "silent"),
    scheduler: systemScheduler,
    owner: "one",
    batchSize: 10,
    pollMs: 20,
    outboxWakeUp: createWakeUp(systemScheduler),
    onPublished: () => undefined,
    signal: stopped.signal,
  });
  return {
    async stop() {
      stopped.abort();
      await turn;
    },
  };
}

it("a row without an event waits with what follows in its aggregate, and leaves no gap in the positions", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const bus = createPostgresBus(db);
  await append(db, "a");
  await db.query(
    sql`INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES ('ghost:1', 'Added', 'a', '{}')`,
  );
  await append(db, "a");
  await append(db, "b");
  await publishAll(bus, await lease(db));
  expect(await published(db)).toEqual(["a:1", "b:1"]);
  expect(await waiting(db)).toEqual([{ event_id: "ghost:1", attempts: 1, last_error: "the event does not exist" }]);
  expect(await quarantinedRows(db, 10)).toMatchObject([
    { eventId: "ghost:1", streamId: "a", attempts: 1, error: "the event does not exist", waitingBehind: 1 },
  ]);
  expect(await outboxStatus(db)).toMatchObject({ unpublished: 2, quarantined: 1 });
  await db.query(sql`DELETE FROM outbox_events WHERE event_id = 'ghost:1'`);
  await publishAll(bus, await lease(db));
  expect(await published(db)).toEqual(["a:1", "b:1", "a:2"]);
  expect(await db.query(sql`SELECT position::int AS position FROM event_log_head`)).toEqual([{ position: 3 }]);
});

it("while one aggregate cannot be published all others are, and it follows in order when the fault is gone", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  await db.query(sql`ALTER TABLE event_log ADD CONSTRAINT broken CHECK (event_id <> 'bad:2')`);
  await append(db, "bad", 3);
  await append(db, "good", 3);
  const relay = startRelay(db);
  const wait = { timeout: 5_000 };
  await vi.waitFor(async () => expect(await published(db)).toEqual(["bad:1", "good:1", "good:2", "good:3"]), wait);
  await vi.waitFor(
    async () =>
      expect(await waiting(db)).toMatchObject([{ event_id: "bad:2", last_error: expect.stringContaining("broken") }]),
    wait,
  );
  await db.query(sql`ALTER TABLE event_log DROP CONSTRAINT broken`);
  await db.query(sql`UPDATE outbox_events SET next_attempt_at = now() WHERE NOT published`);
  await vi.waitFor(async () => expect((await published(db)).slice(4)).toEqual(["bad:2", "bad:3"]), wait);
  await relay.stop();
});

it.for(CONTENTION)(
  "%s is nobody's fault: no row is quarantined for it, and all follow in order when it is over",
  async (sqlState) => {
    await using test = await createTestDatabase();
    const { database: db } = test;
    await db.query(sql`CREATE SEQUENCE tries`); // what it has counted is not taken back with the transaction
    await db.query(sql`
    CREATE FUNCTION be_in_the_way() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM nextval('tries'); RAISE EXCEPTION 'in the way' USING ERRCODE = TG_ARGV[0]; END $$`);
    await db.query(
      sql`CREATE TRIGGER in_the_way BEFORE INSERT ON event_log EXECUTE FUNCTION be_in_the_way(${raw(`'${sqlState}'`)})`,
    );
    await append(db, "a", 2);
    const relay = startRelay(db);
    await vi.waitFor(async () =>
      expect((await db.query<{ tries: number }>(sql`SELECT last_value AS tries FROM tries`))[0]?.tries).toBeGreaterThan(
        2,
      ),
    );
    expect(await waiting(db)).toEqual([]);
    await db.query(sql`DROP TRIGGER in_the_way ON event_log`);
    await vi.waitFor(async () => expect(await published(db)).toEqual(["a:1", "a:2"]));
    await relay.stop();
  },
);

it("an event that waits is never overtaken by the next of its aggregate, whenever its wait ends", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const bus = createPostgresBus(db);
  const owned = await lease(db);
  const others = sql`
    WITH event AS (
      INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata)
      SELECT gen_random_uuid()::text, gen_random_uuid()::text, 'counter', 1, 'Added', 1, '{"by":1}', '{}' FROM generate_series(1, 97)
      RETURNING event_id, stream_id)
    INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) SELECT event_id, 'Added', stream_id, '{}' FROM event`;
  for (let time = 0; time < 60; time += 1) {
    const stream = `waits-${time}`;
    await append(db, stream);
    await db.query(others); // a claim takes long enough for a wait to end meanwhile
    await append(db, stream);
    await db.query(sql`
      UPDATE outbox_events SET next_attempt_at = clock_timestamp() + (0.5 + random() * 4) * interval '1 ms'
      WHERE event_id = ${`${stream}:1`}`);
    for (let left = 99; left > 0;) left -= (await bus.publish(owned, 100)).count;
  }
  const overtaken = await db.query(sql`
    SELECT earlier.event_id FROM event_log earlier JOIN event_log later USING (stream_id)
    WHERE earlier.event_id LIKE '%:1' AND later.event_id LIKE '%:2' AND later.position < earlier.position`);
  expect(overtaken).toEqual([]);
});
