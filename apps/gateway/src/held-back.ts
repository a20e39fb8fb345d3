/** Swaps deliveries in pairs: of two, the later one goes first. For receivers that must not rely on an order. */
import type { Sleep } from "./faults.ts";

/** One that no other follows goes out after this long. */
const HELD_MS_MAX = 1_000;

export interface HeldBack {
  /** Keeps the first of a pair back until the second is carried out. */
  swap<Result>(delivery: () => Promise<Result>): Promise<Result>;
}

export function createHeldBack(sleep: Sleep): HeldBack {
  let release: (() => void) | undefined;
  return {
    async swap(delivery) {
      const releaseEarlier = release;
      if (releaseEarlier !== undefined) {
        release = undefined;
        return delivery().finally(releaseEarlier);
      }
      const { promise: followed, resolve } = Promise.withResolvers<void>();
      release = resolve;
      await Promise.race([followed, sleep(HELD_MS_MAX)]);
      if (release === resolve) release = undefined;
      else await followed;
      return delivery();
    },
  };
}
