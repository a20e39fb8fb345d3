/** How every bus behaves, over any transport. Run it with a factory for the bus under test. */
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { describe, expect, it, vi } from "vitest";
import { releaseDue } from "../delivery/release.ts";
import { requestRetry } from "../dead-letters/retries.ts";
import { quarantine } from "../outbox/quarantine.ts";
import type { Consumer } from "../subscription/consumer.ts";
import { append, EFFECTS, lease, logger, noting, publishAll, run, seenBy, upTo } from "./bus-at-work.ts";
import type { EventBus } from "../bus/event-bus.ts";

export interface BusUnderTest extends AsyncDisposable {
  readonly db: Database;
  readonly bus: EventBus;
  /** Another process' bus on the same database. */
  another(): Promise<EventBus>;
}

interface BusAtWork extends Pick<BusUnderTest, "db" | "bus" | "another"> {
  /** Runs a consumer to the end of the test. */
  start(consumer: Consumer, on?: EventBus): void;
}

export interface BusContractOptions {
  /** How long a delivery may take before the suite calls it lost, milliseconds. */
  readonly patienceMs: number;
}

export function eventBusContract(
  name: string,
  createBus: () => Promise<BusUnderTest>,
  { patienceMs }: BusContractOptions,
): void {
  const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: patienceMs, interval: 25 });
  const withBus = (work: (under: BusAtWork) => Promise<void>) => async () => {
    await using under = await createBus();
    await using running = new AsyncDisposableStack();
    const { db, bus } = under;
    await db.query(EFFECTS);
    const start = (consumer: Consumer, on = bus) => void running.use(run(on, db, consumer));
    await work({ db, bus, another: () => under.another(), start });
  };

  describe(`the bus ${name}`, () => {
    it(
      "gives every consumer every event once, each stream in order, also one that starts late",
      withBus(async ({ db, bus, start }) => {
        start(noting("early"));
        const held = await lease(db);
        for (const streamId of ["a", "b", "c", "a", "b", "a"]) await append(db, streamId, 2);
        await publishAll(bus, held);
        const all = { a: upTo(6), b: upTo(4), c: upTo(2) };
        await until(async () => expect(await seenBy(db, "early")).toEqual(all));
        start(noting("late"));
        await until(async () => expect(await seenBy(db, "late")).toEqual(all));
        expect(await seenBy(db, "early")).toEqual(all);
      }),
    );

    it(
      "publishes gapless positions, and reports what it published",
      withBus(async ({ db, bus }) => {
        await append(db, "a", 3);
        const batch = await bus.publish(await lease(db), 10);
        expect(batch).toMatchObject({ owned: true, count: 3, types: ["Added"] });
        expect(batch.delaysMs.length).toBe(3);
        const log = await db.query<{ position: number }>(sql`SELECT position FROM event_log ORDER BY position`);
        expect(log.map(({ position }) => position)).toEqual([1, 2, 3]);
        expect(await db.query(sql`SELECT FROM outbox_events WHERE NOT published`)).toEqual([]);
      }),
    );

    it(
      "zombie owner: a relay whose lease was taken over publishes nothing when it wakes up",
      withBus(async ({ db, bus, another, start }) => {
        const old = await lease(db, "old");
        await append(db, "a");
        await publishAll(bus, old);
        await db.query(sql`UPDATE relay_leases SET expires_at = now() - interval '1 second'`);
        const next = await another();
        const taken = await lease(db, "new");
        await append(db, "a");
        await publishAll(next, taken);
        await append(db, "a");
        const [zombie] = await Promise.allSettled([bus.publish(old, 10)]);
        if (zombie.status === "fulfilled") expect(zombie.value).toMatchObject({ owned: false, count: 0 });
        await publishAll(next, taken);
        start(noting("reader"), next);
        await until(async () => expect(await seenBy(db, "reader")).toEqual({ a: upTo(3) }));
      }),
    );

    it(
      "goes on where it was after a restart, and repeats no effect",
      withBus(async ({ db, bus, start }) => {
        const held = await lease(db);
        const first = run(bus, db, noting("reader"));
        await append(db, "a", 3);
        await publishAll(bus, held);
        await until(async () => expect(await seenBy(db, "reader")).toEqual({ a: upTo(3) }));
        await first.stop();
        await append(db, "a", 2);
        await append(db, "b", 1);
        await publishAll(bus, held);
        start(noting("reader"));
        await until(async () => expect(await seenBy(db, "reader")).toEqual({ a: upTo(5), b: [1] }));
      }),
    );

    it(
      "concurrent duplicates: two processes of one consumer give one effect for each event, each stream in order",
      withBus(async ({ db, bus, another }) => {
        const other = await another();
        const held = await lease(db);
        const first = run(bus, db, noting("reader"));
        const second = run(other, db, noting("reader"));
        const streams = Array.from({ length: 8 }, (_, index) => `s${index}`);
        for (let turn = 0; turn < 4; turn += 1) {
          for (const streamId of streams) await append(db, streamId);
          await publishAll(bus, held);
        }
        const all = Object.fromEntries(streams.map((streamId) => [streamId, upTo(4)]));
        await until(async () => expect(await seenBy(db, "reader")).toEqual(all));
        await Promise.all([first.stop(), second.stop()]);
        await other.close();
      }),
    );

    it(
      "poison event: blocks the stream of an event that fails, lets all others pass, and delivers in order after a retry",
      withBus(async ({ db, bus, start }) => {
        let broken = true;
        const consumer = noting("reader", (streamId, version) => {
          if (broken && streamId === "bad" && version === 2) throw new Error("cannot take it");
        });
        const held = await lease(db);
        start(consumer);
        await append(db, "bad", 3);
        await append(db, "good", 3);
        await publishAll(bus, held);
        await append(db, "good", 1);
        await publishAll(bus, held);
        const release = () =>
          releaseDue({
            db,
            logger,
            scheduler: systemScheduler,
            signal: new AbortController().signal,
            subscriptions: [consumer],
          });
        await until(async () => {
          await release();
          expect(await seenBy(db, "reader")).toEqual({ bad: [1], good: upTo(4) });
          const letters = await db.query(sql`SELECT event_id, status FROM dead_letters ORDER BY position`);
          expect(letters).toEqual([
            { event_id: "bad:2", status: "parked" },
            { event_id: "bad:3", status: "waiting" },
          ]);
        });
        broken = false;
        await requestRetry(db, {
          actor: "test",
          reason: "fixed",
          selection: { limit: 1 },
          perSecond: 100,
          stopOnFailure: false,
        });
        await append(db, "bad", 1);
        await publishAll(bus, held);
        await until(async () => {
          await release();
          expect(await seenBy(db, "reader")).toEqual({ bad: upTo(4), good: upTo(4) });
        });
      }),
    );

    it(
      "a consumer that is slow delays no other",
      withBus(async ({ db, bus, start }) => {
        const gate = Promise.withResolvers<void>();
        const slow = run(
          bus,
          db,
          noting("slow", () => gate.promise),
        );
        start(noting("quick"));
        await append(db, "a", 3);
        await publishAll(bus, await lease(db));
        await until(async () => expect(await seenBy(db, "quick")).toEqual({ a: upTo(3) }));
        expect(await seenBy(db, "slow")).toEqual({});
        gate.resolve();
        await until(async () => expect(await seenBy(db, "slow")).toEqual({ a: upTo(3) }));
        await slow.stop();
      }),
    );

    it(
      "a quarantined aggregate waits with its later events, and every other is published",
      withBus(async ({ db, bus, start }) => {
        const held = await lease(db);
        await append(db, "stuck", 2);
        await append(db, "free", 2);
        expect(await quarantine(db, held, new Error("too large"))).toBe("stuck:1");
        expect(await bus.publish(held, 10)).toMatchObject({ count: 2 });
        start(noting("reader"));
        await until(async () => expect(await seenBy(db, "reader")).toEqual({ free: upTo(2) }));
        await db.query(sql`UPDATE outbox_events SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`);
        await publishAll(bus, held);
        await until(async () => expect(await seenBy(db, "reader")).toEqual({ free: upTo(2), stuck: upTo(2) }));
      }),
    );

    it(
      "says that it is healthy while a relay holds the lease",
      withBus(async ({ db, bus }) => {
        await lease(db);
        expect(await bus.health()).toBe("ok");
      }),
    );
  });
}
