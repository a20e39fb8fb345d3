/** Wakes the partitions that read one of the types just published; the others find out by their poll. */
import { createWakeUp } from "@tillstream/runtime";
import type { Scheduler, WakeUp } from "@tillstream/runtime";

export interface WakeUps {
  /** Another waiter, for events of these types. */
  create(types: readonly string[], scheduler: Scheduler): WakeUp;
  notify(types: readonly string[]): void;
}

export function createWakeUps(): WakeUps {
  const waiters: { readonly types: ReadonlySet<string>; readonly wakeUp: WakeUp }[] = [];
  return {
    create(types, scheduler) {
      const wakeUp = createWakeUp(scheduler);
      waiters.push({ types: new Set(types), wakeUp });
      return wakeUp;
    },
    notify(types) {
      for (const waiter of waiters) if (types.some((type) => waiter.types.has(type))) waiter.wakeUp.notify();
    },
  };
}
