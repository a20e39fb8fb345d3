/** The consumer that takes the snapshots of one aggregate, off the path of its commands. */
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { AnyAggregate } from "./aggregate.ts";
import { loadAggregate } from "./load.ts";
import { writeSnapshot } from "./snapshots.ts";

/** @param every a snapshot each time the stream's version is a multiple of this */
export function snapshotter(aggregate: AnyAggregate, every: number = aggregate.snapshotEvery): Consumer {
  return defineConsumer(
    `${aggregate.streamType}-snapshots`,
    aggregate.events.map((definition) =>
      on(definition, async (tx, event) => {
        if (event.version % every !== 0) return;
        const versioned = await loadAggregate(tx, aggregate, event.streamId, { version: event.version });
        await writeSnapshot(tx, aggregate, event.streamId, versioned);
      }),
    ),
  );
}
