/** Foreign stores, tested against the kernel's contract: a sound one, and three with one bug each. */
import { describeEventStore, memoryEventStore } from "@tillstream/eventing/testing";

const clock = { now: () => new Date() };

/** @param change what the store does otherwise than a sound one */
const held = (name, change = () => ({})) =>
  describeEventStore(name, async () => {
    const sound = memoryEventStore(clock);
    return {
      store: { ...sound, ...change(sound) },
      publish: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  });

held("sound");
held("overwrites: it believes every writer", (sound) => ({
  append: async (append) => {
    const stream = await sound.readStream(append.streamId);
    return sound.append({ ...append, expectedVersion: stream.length === 0 ? "new" : stream.length });
  },
}));
held("forgets where it was told to begin", (sound) => ({
  readStream: (streamId, range = {}) => sound.readStream(streamId, { ...range, afterVersion: 0 }),
}));
held("loses the metadata", (sound) => ({
  append: (append) => sound.append({ ...append, metadata: {} }),
}));
