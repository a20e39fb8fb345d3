import { sql } from "@tillstream/runtime";
import { describe, expect, test, vi } from "vitest";
import { publishBatch } from "../../outbox/publish-batch.ts";
import { runSubscription } from "../../delivery/runner.ts";
import { upTo } from "../../testing/bus-at-work.ts";
import { Added, Reset } from "../../testing/counter.ts";
import { createDatabaseWithEffects } from "../../testing/effects.ts";
import { testKafkaSettings } from "../../testing/kafka.ts";
import { append, feedOptions, kafkaBus, takeLease, witness, witnessed } from "../../testing/kafka-relay.ts";
import { claimBatch } from "./outbox-statements.ts";

const WAIT = { timeout: 25_000, interval: 50 };

describe("switching the bus", () => {
  test("an event that was published before the switch, and none after it in its stream, is taken from the log", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    await append(db, "quiet", [Added.create({ by: 1 }), Reset.create({})]);
    await publishBatch(db, await takeLease(db, "postgres"), 10);
    const bus = kafkaBus({ db, settings: testKafkaSettings() });
    const stop = new AbortController();
    const running = bus.run(witness, feedOptions(db, stop.signal));
    await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ quiet: upTo(2) }), WAIT);
    stop.abort();
    await running;
    await bus.close();
  });

  test("rows that the Kafka relay had claimed when it died are published by the Postgres bus, at the same positions", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    await append(db, "a", [Added.create({ by: 1 }), Added.create({ by: 1 })]);
    expect((await claimBatch(db, await takeLease(db, "kafka"), 1)).events).toHaveLength(1);
    await append(db, "b");
    expect(await publishBatch(db, await takeLease(db, "postgres"), 10)).toMatchObject({ owned: true, count: 3 });
    const log = await db.query(sql`SELECT event_id FROM event_log ORDER BY position`);
    expect(log).toEqual([{ event_id: "a:1" }, { event_id: "a:2" }, { event_id: "b:1" }]);
    expect(await db.query(sql`SELECT position FROM event_log_head`)).toEqual([{ position: 3 }]);
  });

  test("from Postgres to Kafka and back with events in flight, every event takes effect once and in order", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const settings = testKafkaSettings();
    const streams = ["a", "b", "c", "d", "e"];
    const appendEach = async (times: number) => {
      for (let time = 0; time < times; time += 1) for (const streamId of streams) await append(db, streamId);
    };
    // Postgres: some published and processed, some published only, some still in the outbox.
    await appendEach(4);
    let lease = await takeLease(db, "postgres");
    await publishBatch(db, lease, 15);
    const onPostgres = new AbortController();
    const first = runSubscription(witness, feedOptions(db, onPostgres.signal));
    await vi.waitFor(async () => expect(Object.values(await witnessed(db)).flat()).toHaveLength(15), WAIT);
    onPostgres.abort();
    await first;
    await publishBatch(db, lease, 3);

    // Kafka: the same, and two in the log that Kafka never got.
    const bus = kafkaBus({ db, settings });
    lease = await takeLease(db, "kafka");
    await appendEach(4);
    await bus.publish(lease, 12);
    const onKafka = new AbortController();
    const second = bus.run(witness, feedOptions(db, onKafka.signal));
    await vi.waitFor(async () => expect(Object.values(await witnessed(db)).flat()).toHaveLength(30), WAIT);
    onKafka.abort();
    await second;
    await bus.publish(lease, 5);
    await bus.close();

    // Postgres again: the rest.
    lease = await takeLease(db, "postgres");
    await appendEach(2);
    while ((await publishBatch(db, lease, 100)).count > 0);
    const back = new AbortController();
    const third = runSubscription(witness, feedOptions(db, back.signal));
    const expected = Object.fromEntries(streams.map((streamId) => [streamId, upTo(10)]));
    await vi.waitFor(async () => expect(await witnessed(db)).toEqual(expected), WAIT);
    back.abort();
    await third;
  });
});
