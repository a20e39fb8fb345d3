/** How an event store behaves, as tests over a factory. Each implementation runs all of them. */
import { describe, expect, it } from "vitest";
import { Added, testMetadata } from "./counter.ts";
import { ConcurrencyError } from "../store/append.ts";
import type { ExpectedVersion } from "../store/append.ts";
import type { EventStore } from "../store/event-store.ts";

export interface StoreUnderTest extends AsyncDisposable {
  readonly store: EventStore;
  /** Gives everything appended so far its place in the global order. */
  publish(): Promise<void>;
}

const append = (streamId: string, expectedVersion: ExpectedVersion, count = 1) => ({
  streamId,
  streamType: "counter",
  expectedVersion,
  events: Array.from({ length: count }, (_, index) => Added.create({ by: index + 1 })),
  metadata: testMetadata,
});

export function describeEventStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`an event store (${name})`, () => {
    it("gives back what was appended, whole and in order", async () => {
      await using under = await create();
      const { store } = under;
      expect(await store.append(append("a", "new", 2))).toBe(2);
      expect(await store.readStream("a")).toMatchObject([
        {
          eventId: "a:1",
          streamId: "a",
          streamType: "counter",
          version: 1,
          type: "Added",
          schemaVersion: 1,
          data: { by: 1 },
          metadata: testMetadata,
        },
        { eventId: "a:2", version: 2, data: { by: 2 }, recordedAt: expect.any(Date) },
      ]);
      expect(await store.readStream("b")).toEqual([]);
    });

    it.each<[ExpectedVersion, number]>([
      ["new", 0],
      ["exists", 3],
      [3, 3],
      [0, 0],
    ])("takes an append that expects %j of a stream at version %i", async (expected, current) => {
      await using under = await create();
      if (current > 0) await under.store.append(append("a", "new", current));
      expect(await under.store.append(append("a", expected))).toBe(current + 1);
    });

    it.each<[ExpectedVersion, number]>([
      ["new", 1],
      ["exists", 0],
      [2, 3],
      [4, 3],
      [1, 0],
    ])("refuses an append that expects %j of a stream at version %i, and writes nothing", async (expected, current) => {
      await using under = await create();
      if (current > 0) await under.store.append(append("a", "new", current));
      await expect(under.store.append(append("a", expected, 2))).rejects.toThrow(ConcurrencyError);
      expect((await under.store.readStream("a")).length).toBe(current);
    });

    it("reads a stream forward, backward, from a version and up to a version, and has a version at an instant", async () => {
      await using under = await create();
      const { store } = under;
      await store.append(append("a", "new", 5));
      const versions = async (range: Parameters<EventStore["readStream"]>[1]) =>
        (await store.readStream("a", range)).map((event) => event.version);
      expect(await versions({ direction: "backward", limit: 2 })).toEqual([5, 4]);
      expect(await versions({ afterVersion: 3 })).toEqual([4, 5]);
      expect(await versions({ toVersion: 2 })).toEqual([1, 2]);
      const [first] = await store.readStream("a", { limit: 1 });
      const at = first?.recordedAt ?? new Date(0);
      expect(await store.versionAt("a", at)).toBe(5);
      expect(await store.versionAt("a", new Date(at.getTime() - 1))).toBe(0);
      expect(await store.versionAt("b", at)).toBe(0);
    });

    it("has one gapless global order, in which every stream keeps its own", async () => {
      await using under = await create();
      const { store } = under;
      await store.append(append("a", "new", 2));
      await store.append(append("b", "new"));
      await under.publish();
      await store.append(append("a", 2));
      await under.publish();
      const log = await store.readLog(0, 10);
      expect(log.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
      expect(log.filter(({ streamId }) => streamId === "a").map(({ version }) => version)).toEqual([1, 2, 3]);
      expect((await store.readLog(3, 10)).map(({ eventId }) => eventId)).toEqual(["a:3"]);
      expect((await store.readLog(0, 2)).length).toBe(2);
    });
  });
}
