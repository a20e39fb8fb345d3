/** The event store in memory: for specifications of aggregates that need no database. Its global order is that of the appends. */
import type { Clock } from "@tillstream/runtime";
import { eventIdOf, ConcurrencyError } from "../store/append.ts";
import type { Append } from "../store/append.ts";
import type { EventStore } from "../store/event-store.ts";
import type { LoggedEvent } from "../store/read.ts";

export function memoryEventStore(clock: Clock): EventStore {
  const log: LoggedEvent[] = [];
  const streamOf = (streamId: string) => log.filter((event) => event.streamId === streamId);

  function assertExpected({ streamId, expectedVersion }: Append, current: number): void {
    const holds =
      expectedVersion === "new"
        ? current === 0
        : expectedVersion === "exists"
          ? current > 0
          : current === expectedVersion;
    if (!holds) throw new ConcurrencyError(`stream ${streamId} is at version ${current}, not ${expectedVersion}`);
  }

  return {
    async append(append) {
      const { streamId, streamType, events, metadata } = append;
      const stream = streamOf(streamId);
      const current = stream.length;
      assertExpected(append, current);
      const [now, last = now] = [clock.now(), stream.at(-1)?.recordedAt];
      const recordedAt = last > now ? last : now;
      events.forEach(({ type, schemaVersion, data }, index) => {
        const version = current + index + 1;
        const eventId = eventIdOf(streamId, version);
        log.push({
          eventId,
          streamId,
          streamType,
          version,
          type,
          schemaVersion,
          data,
          metadata,
          recordedAt,
          position: log.length + 1,
        });
      });
      return current + events.length;
    },
    async readStream(
      streamId,
      { afterVersion = 0, toVersion = Infinity, direction = "forward", limit = Infinity } = {},
    ) {
      const inRange = streamOf(streamId).filter(({ version }) => version > afterVersion && version <= toVersion);
      return (direction === "forward" ? inRange : inRange.toReversed()).slice(0, limit);
    },
    async versionAt(streamId, at) {
      return streamOf(streamId).filter(({ recordedAt }) => recordedAt <= at).length; // their times never run backwards
    },
    async readLog(afterPosition, limit) {
      return log.filter(({ position }) => position > afterPosition).slice(0, limit);
    },
  };
}
