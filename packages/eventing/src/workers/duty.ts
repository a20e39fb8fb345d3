/**
 * Whether a worker is on duty. Drained, it finishes what it has in hand, gives its leases back and begins nothing, but lives on
 * and can be resumed. A drain belongs to one run of a process: a new one is on duty.
 */
import type { LoopPorts } from "@tillstream/runtime";

/** Who drained a worker, and why. */
export interface Drain {
  readonly by: string;
  readonly reason: string;
  readonly since: Date;
}

/** Of one worker. */
export interface Duty {
  /** Undefined while it is on duty. */
  drain(): Drain | undefined;
  /** Whether something that was begun on duty is under way. */
  isBusy(): boolean;
  /** Drains the worker, or resumes it. */
  set(drain: Drain | undefined): void;
  /** Runs `work` while on duty, starting it again each time the worker is resumed, until the signal aborts or it ends by itself. */
  during<Ports extends Pick<LoopPorts, "signal" | "scheduler">>(
    ports: Ports,
    work: (ports: Ports) => Promise<void>,
  ): Promise<void>;
}

/** From one look to the next, in case the signal was missed. */
const OFF_MS = 30_000;

/** The duty of one worker, which is on. */
export function createDuty(): Duty {
  let drained: Drain | undefined;
  let shift = new AbortController();
  let resumed = new AbortController();
  let underWay = 0;
  return {
    drain: () => drained,
    isBusy: () => underWay > 0,
    set(drain) {
      const isChange = (drain === undefined) !== (drained === undefined);
      drained = drain;
      if (!isChange) return;
      if (drain !== undefined) {
        resumed = new AbortController();
        shift.abort();
      } else {
        shift = new AbortController();
        resumed.abort();
      }
    },
    async during(ports, work) {
      const { signal, scheduler } = ports;
      while (!signal.aborted) {
        const own = shift;
        if (own.signal.aborted) {
          await scheduler.sleep(OFF_MS, AbortSignal.any([signal, resumed.signal]));
          continue;
        }
        underWay += 1;
        try {
          await work({ ...ports, signal: AbortSignal.any([signal, own.signal]) });
        } finally {
          underWay -= 1;
        }
        if (!own.signal.aborted) return;
      }
    },
  };
}
