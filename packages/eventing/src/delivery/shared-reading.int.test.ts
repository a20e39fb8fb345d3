/** Partitions that share one read of the log and one write of their checkpoints, in two processes on one database. */
import { createLogger, createWakeUp, repeat, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createWakeUps } from "../deployment/wake-ups.ts";
import { acquireRelayLease } from "../outbox/lease.ts";
import { publishBatch } from "../outbox/publish-batch.ts";
import { appendEvents } from "../store/append.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { Added, Reset, testMetadata } from "../testing/counter.ts";
import { createDatabaseWithEffects, effect, effectsIn } from "../testing/effects.ts";
import { createCheckpointKeeper } from "./checkpoint-keeper.ts";
import { setSubscriptionStatus } from "./checkpoint.ts";
import { createLogTail } from "./log-tail.ts";
import { runSubscription } from "./runner.ts";

const POLL_MS = 20;
const STREAMS = 6;
const ROUNDS = 40;

const adding = (fails?: string) =>
  defineConsumer("adding", [
    on(Added, async (tx, { streamId, version }) => {
      await tx.query(effect(`${streamId}:${version}`));
      if (`${streamId}:${version}` === fails) throw new Error("cannot take it");
    }),
  ]);
/** Wants none of the events that are published here. */
const idle = defineConsumer("idle", [on(Reset, () => expect.fail())]);

/** A process with these subscriptions, until its signal aborts. */
function startProcess(db: Database, subscriptions: readonly Subscription[], tailSize = 50) {
  const stop = new AbortController();
  const ports = { db, logger: createLogger("test", "silent"), scheduler: systemScheduler, signal: stop.signal };
  const wakeUps = createWakeUps();
  const wakeUp = createWakeUp(systemScheduler);
  const tail = createLogTail({ size: tailSize, pollMs: POLL_MS, wakeUp, onEvents: wakeUps.notify });
  const keeper = createCheckpointKeeper();
  const running = [
    ...[tail.loop, keeper.loop].map((loop) => repeat(loop, ports)),
    ...subscriptions.map((one) => {
      const types = [...catalogueOf(one).definitions.keys()];
      const reading = { batchSize: 7, pollMs: POLL_MS, shared: { tail, keeper } };
      return runSubscription(one, { ...ports, ...reading, wakeUp: () => wakeUps.create(types, systemScheduler) });
    }),
  ];
  return {
    tail,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function append(db: Database, round: number): Promise<void> {
  for (let stream = 0; stream < STREAMS; stream += 1) {
    const [streamId, events] = [`s${stream}`, [Added.create({ by: 1 })]];
    const expectedVersion = round === 0 ? "new" : round;
    await appendEvents(db, { streamId, streamType: "counter", expectedVersion, events, metadata: testMetadata });
  }
}

/** Publishes all there is, and shows it to a process as its own relay would. */
async function publishTo(db: Database, tail?: ReturnType<typeof startProcess>["tail"]): Promise<void> {
  const lease = (await acquireRelayLease(db, "test")) ?? expect.fail();
  for (let count = 1; count > 0;) {
    const batch = await publishBatch(db, lease, 5);
    ({ count } = batch);
    tail?.take(batch.events ?? []);
  }
}

const checkpoints = (db: Database, name: string) =>
  db.query<{ position: number }>(sql`
    SELECT position FROM consumer_checkpoints WHERE consumer = ${name} GROUP BY position ORDER BY position`);

const eachOnce = (rounds: number) =>
  Object.fromEntries(
    Array.from({ length: STREAMS * rounds }, (_, index) => [
      `s${index % STREAMS}:${Math.floor(index / STREAMS) + 1}`,
      1,
    ]).toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );

it("two processes give each event one effect, whichever of them publishes, also with a tail that is too short", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  const consumer = adding("s3:20");
  await using one = startProcess(database, [consumer, idle]);
  await using other = startProcess(database, [consumer, idle], 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    await append(database, round);
    await publishTo(database, [one.tail, other.tail, undefined][round % 3]);
  }
  const head = [{ position: STREAMS * ROUNDS }];
  // With nothing to do, "idle" is at the head as well.
  await vi.waitFor(
    async () => {
      expect(await checkpoints(database, "adding")).toEqual(head);
      expect(await checkpoints(database, "idle")).toEqual(head);
    },
    { timeout: 10_000 },
  );
  const blocked = await database.query<{ id: string }>(sql`
    SELECT event_id AS id FROM dead_letters WHERE status IN ('retrying', 'waiting')`);
  const done = await effectsIn(database);
  const all = Object.keys(eachOnce(ROUNDS));
  expect(Object.values(done).every((amount) => amount === 1)).toBe(true);
  expect([...Object.keys(done), ...blocked.map(({ id }) => id)].toSorted()).toEqual(all.toSorted());
  expect(blocked).toHaveLength(ROUNDS - 20 + 1);
});

it("an idle partition beats; a paused one takes nothing and beats, and goes on where it was; one set back starts there", async () => {
  await using test = await createDatabaseWithEffects();
  const { database } = test;
  await using own = startProcess(database, [adding(), idle]);
  await append(database, 0);
  await publishTo(database, own.tail);
  await vi.waitFor(async () => expect(await effectsIn(database)).toEqual(eachOnce(1)));
  await setSubscriptionStatus(database, "consumer", "adding", "paused");
  await append(database, 1);
  await publishTo(database, own.tail);
  const [before] = await database.query<{ now: Date }>(sql`SELECT clock_timestamp() AS now`);
  const beats = sql`SELECT FROM consumer_checkpoints WHERE heartbeat_at > ${before?.now}`;
  await vi.waitFor(async () => expect(await database.query(beats)).toHaveLength(4), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await checkpoints(database, "idle")).toEqual([{ position: 2 * STREAMS }]));
  expect(await effectsIn(database)).toEqual(eachOnce(1));
  await setSubscriptionStatus(database, "consumer", "adding", "running");
  await vi.waitFor(async () => expect(await effectsIn(database)).toEqual(eachOnce(2)));
  // As after the inbox was emptied by hand, to have everything done again.
  await database.query(sql`DELETE FROM processed_events`);
  await database.query(sql`DELETE FROM effects`);
  await database.query(sql`UPDATE consumer_checkpoints SET position = 0`);
  await vi.waitFor(async () => expect(await effectsIn(database)).toEqual(eachOnce(2)), { timeout: 10_000 });
});
