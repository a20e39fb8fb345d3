/**
 * A hint that there may be work. Hints are coalesced and may be lost, so a caller that waits for one
 * also polls: the hint makes things fast, the poll makes them certain.
 */
import type { Scheduler } from "./scheduler.ts";

export interface WakeUp {
  /** Wakes the waiter, or makes the next wait return at once. */
  notify(): void;
  /** Resolves at the next hint, after `pollMs`, or when `signal` aborts. */
  wait(pollMs: number, signal: AbortSignal): Promise<void>;
}

export function createWakeUp(scheduler: Scheduler): WakeUp {
  let pending = false;
  let wake: (() => void) | undefined;
  return {
    notify() {
      pending = true;
      wake?.();
    },
    async wait(pollMs, signal) {
      if (!pending) {
        const awake = new AbortController();
        wake = () => awake.abort();
        await scheduler.sleep(pollMs, AbortSignal.any([signal, awake.signal]));
        wake = undefined;
      }
      pending = false;
    },
  };
}
