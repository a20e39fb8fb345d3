import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { describe, expect, test, vi } from "vitest";
import { setSubscriptionStatus } from "../../delivery/checkpoint.ts";
import { upTo } from "../../testing/bus-at-work.ts";
import { Added, Reset } from "../../testing/counter.ts";
import { createDatabaseWithEffects } from "../../testing/effects.ts";
import { createGate } from "../../testing/gate.ts";
import type { Gate } from "../../testing/gate.ts";
import { jsonCodec, testKafkaSettings } from "../../testing/kafka.ts";
import { append, feedOptions, kafkaBus, takeLease, witness, witnessed } from "../../testing/kafka-relay.ts";
import { BusUnavailableError } from "../event-bus.ts";
import type { EventCodec } from "./event-codec.ts";

const WAIT = { timeout: 25_000, interval: 50 };

/** What is to be encoded waits at the gates in turn, and after the last one no more. */
function encodingAt(...gates: Gate[]): EventCodec {
  async function encode(...args: Parameters<EventCodec["encode"]>): Promise<Buffer> {
    await gates.shift()?.wait();
    return jsonCodec.encode(...args);
  }
  return { ...jsonCodec, encode };
}

describe("publishing", () => {
  test("a relay that was paused while another took over is fenced by Kafka, and then finds its lease gone", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const settings = testKafkaSettings();
    const gate = createGate();
    const paused = kafkaBus({ db, settings, codec: encodingAt(gate) });
    const taking = kafkaBus({ db, settings });
    await append(db, "a");
    const old = await takeLease(db, "old");
    const publishing = paused.publish(old, 10);
    publishing.catch(() => undefined); // awaited below
    await gate.reached;

    const taken = await takeLease(db, "new");
    expect(await taking.publish(taken, 10)).toMatchObject({ owned: true, count: 1 });
    gate.open();
    await expect(publishing).rejects.toThrow(/FENCED|INVALID_PRODUCER_EPOCH/);
    expect(await paused.publish(old, 10)).toMatchObject({ owned: false, count: 0 });
    await append(db, "b");
    expect(await taking.publish(taken, 10)).toMatchObject({ count: 1 });
    await Promise.all([paused.close(), taking.close()]);
  });

  test("an outdated turn of the same process neither closes nor fences the producer of the turn after it", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const [first, second] = [createGate(), createGate()];
    const bus = kafkaBus({ db, settings: testKafkaSettings(), codec: encodingAt(first, second) });
    await append(db, "a");
    const outdated = await takeLease(db, "one");
    const publishing = bus.publish(outdated, 10);
    publishing.catch(() => undefined); // awaited below
    await first.reached;
    const current = await takeLease(db, "one");
    expect(current.epoch).toBe(outdated.epoch + 1);
    const next = bus.publish(current, 10);
    await second.reached;

    first.open();
    await expect(publishing).rejects.toThrow(BusUnavailableError);
    expect(await bus.publish(outdated, 10)).toMatchObject({ owned: false, count: 0 });
    second.open();
    expect(await next).toMatchObject({ owned: true, count: 1 });
    for (let round = 0; round < 3; round += 1) {
      await append(db, `b${round}`);
      expect(await bus.publish(outdated, 10)).toMatchObject({ owned: false, count: 0 });
      expect(await bus.publish(current, 10)).toMatchObject({ owned: true, count: 1 });
    }
    expect(await db.query(sql`SELECT FROM outbox_events WHERE NOT published`)).toEqual([]);
    await bus.close();
  });

  test("a relay that dies after Kafka has the batch publishes it again, at the same positions, and nothing takes effect twice", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const dying: Database = {
      ...db,
      query: (statement) =>
        statement.sql.includes("SET published = true") ? Promise.reject(new Error("killed")) : db.query(statement),
    };
    const settings = testKafkaSettings();
    await append(db, "a", [Added.create({ by: 1 }), Added.create({ by: 1 })]);
    const first = kafkaBus({ db: dying, settings });
    await expect(first.publish(await takeLease(db, "old"), 10)).rejects.toThrow("killed");
    await first.close();

    const bus = kafkaBus({ db, settings });
    const stop = new AbortController();
    const running = bus.run(witness, feedOptions(db, stop.signal));
    await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ a: upTo(2) }), WAIT);
    await append(db, "b");
    expect(await bus.publish(await takeLease(db, "new"), 10)).toMatchObject({ count: 3 });
    await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ a: upTo(2), b: upTo(1) }), WAIT);
    const positions = await db.query(sql`SELECT event_id, position FROM event_log ORDER BY position`);
    expect(positions).toEqual([
      { event_id: "a:1", position: 1 },
      { event_id: "a:2", position: 2 },
      { event_id: "b:1", position: 3 },
    ]);
    stop.abort();
    await running;
    await bus.close();
  });

  test("a record that the broker refuses is the event's fault, a broker that is away is not", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const huge = { ...jsonCodec, encode: async () => Buffer.alloc(2_000_000, " ") };
    await append(db, "a");
    const refused = kafkaBus({ db, settings: testKafkaSettings(), codec: huge });
    const lease = await takeLease(db, "one");
    const error: unknown = await refused.publish(lease, 1).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining("MESSAGE_TOO_LARGE") as string });
    expect(error).not.toBeInstanceOf(BusUnavailableError);
    await refused.close();

    const away = kafkaBus({ db, settings: testKafkaSettings({ brokers: ["127.0.0.1:9"] }) });
    await expect(away.publish(lease, 1)).rejects.toThrow(BusUnavailableError);
    expect(await away.health()).not.toBe("ok");
    await away.close();
    expect(await db.query(sql`SELECT published FROM outbox_events`)).toEqual([{ published: false }]);
  });
});

describe("delivering", () => {
  test("an aggregate's order holds across the topics of its event types", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const bus = kafkaBus({ db, settings: testKafkaSettings() });
    const lease = await takeLease(db, "one");
    const events = Array.from({ length: 40 }, (_, index) =>
      index % 3 === 0 ? Reset.create({}) : Added.create({ by: 1 }),
    );
    for (const streamId of ["a", "b", "c"]) await append(db, streamId, events);
    const stop = new AbortController();
    const running = bus.run(witness, feedOptions(db, stop.signal));
    while ((await bus.publish(lease, 7)).count > 0);
    const expected = { a: upTo(40), b: upTo(40), c: upTo(40) };
    await vi.waitFor(async () => expect(await witnessed(db)).toEqual(expected), WAIT);
    await vi.waitFor(async () => {
      const rows = await db.query(sql`SELECT DISTINCT position FROM consumer_checkpoints`);
      expect(rows).toEqual([{ position: 120 }]);
    }, WAIT);
    stop.abort();
    await running;
    await bus.close();
  });

  test("members that come and go lose nothing, repeat nothing and keep every stream's order", async () => {
    await using test = await createDatabaseWithEffects();
    const { database: db } = test;
    const settings = testKafkaSettings({ topicBy: "aggregate", partitions: 4 });
    const buses = Array.from({ length: 3 }, () => kafkaBus({ db, settings }));
    const stops = buses.map(() => new AbortController());
    const start = async (index: number) => {
      await buses[index]?.run(witness, feedOptions(db, stops[index]?.signal ?? AbortSignal.abort()));
    };
    const [relay = expect.fail()] = buses;
    const lease = await takeLease(db, "one");
    const streams = Array.from({ length: 8 }, (_, index) => `s${index}`);
    const publishRound = async (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) {
        for (const streamId of streams) await append(db, streamId);
        await relay.publish(lease, 100);
      }
    };
    const running = [start(0)];
    await publishRound(10);
    running.push(start(1), start(2));
    await publishRound(20);
    stops[0]?.abort();
    await running[0];
    await publishRound(10);
    const expected = Object.fromEntries(streams.map((streamId) => [streamId, upTo(40)]));
    await vi.waitFor(async () => expect(await witnessed(db)).toEqual(expected), WAIT);
    for (const stop of stops) stop.abort();
    await Promise.all(running);
    await Promise.all(buses.map((bus) => bus.close()));
  });
});

test("events of another database on the same topics, such as the one before a reset, take no effect", async () => {
  await using before = await createDatabaseWithEffects();
  await using after = await createDatabaseWithEffects();
  const settings = testKafkaSettings();
  for (const [{ database: db }, streams] of [
    [before, ["old", "same"]],
    [after, ["new", "same"]],
  ] as const) {
    for (const streamId of streams) await append(db, streamId);
    const bus = kafkaBus({ db, settings });
    await bus.publish(await takeLease(db, "one"), 10);
    await bus.close();
  }
  const { database: db } = after;
  const bus = kafkaBus({ db, settings });
  const stop = new AbortController();
  const running = bus.run(witness, feedOptions(db, stop.signal));
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ new: upTo(1), same: upTo(1) }), WAIT);
  stop.abort();
  await running;
  await bus.close();
});

test("a paused consumer takes nothing, neither from Kafka nor from the log, and goes on when it is resumed", async () => {
  await using test = await createDatabaseWithEffects();
  const { database: db } = test;
  const bus = kafkaBus({ db, settings: testKafkaSettings() });
  const stop = new AbortController();
  const running = bus.run(witness, feedOptions(db, stop.signal));
  const lease = await takeLease(db, "one");
  await append(db, "a");
  await bus.publish(lease, 10);
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ a: upTo(1) }), WAIT);
  expect(await setSubscriptionStatus(db, "consumer", "witness", "paused")).toMatchObject({ status: "paused" });
  await append(db, "a", [Added.create({ by: 1 }), Reset.create({})]);
  await bus.publish(lease, 10);
  // Old enough to be taken from the log, were it not for the pause.
  await db.query(sql`UPDATE outbox_events SET published_at = now() - interval '1 minute'`);
  const beats = async () => db.query(sql`SELECT min(heartbeat_at) AS at FROM consumer_checkpoints`);
  for (let beat = 0; beat < 6; beat += 1) {
    const before = await beats();
    await vi.waitFor(async () => expect(await beats()).not.toEqual(before), WAIT);
  }
  expect(await witnessed(db)).toEqual({ a: upTo(1) });
  await setSubscriptionStatus(db, "consumer", "witness", "running");
  await vi.waitFor(async () => expect(await witnessed(db)).toEqual({ a: upTo(3) }), WAIT);
  stop.abort();
  await running;
  await bus.close();
});
