/** Time as the test wants it: sleeps end at once and are written down, repeated work runs when the test says so. */
import type { Scheduler } from "@tillstream/runtime";

export interface ManualScheduler extends Scheduler {
  /** How long each sleep was to be. */
  readonly sleptMs: readonly number[];
  /** Runs all repeated work once. */
  tick(): Promise<void>;
}

export function manualScheduler(): ManualScheduler {
  const sleptMs: number[] = [];
  const repeated = new Set<() => Promise<void>>();
  return {
    sleptMs,
    async sleep(ms) {
      sleptMs.push(ms);
    },
    every(_ms, work) {
      repeated.add(work);
      return () => repeated.delete(work);
    },
    async tick() {
      await Promise.all([...repeated].map((work) => work()));
    },
  };
}
