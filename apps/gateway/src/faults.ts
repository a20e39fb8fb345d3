/** Faults that can be switched at run time, until they are switched off or for a short lease that ends by itself. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { RefusedError } from "./answers.ts";

const faultsSchema = z.strictObject({
  latencyMs: z.int().min(0).max(60_000),
  errorRate: z.number().min(0).max(1),
  down: z.boolean(),
  /** Every card is declined. */
  decline: z.boolean(),
  /** Charges are captured and never answered. */
  timeout: z.boolean(),
  /** How long each webhook waits before it is sent. */
  webhookDelayMs: z.int().min(0).max(60_000),
  /** Webhooks arrive in pairs, the later one first. */
  webhookReorder: z.boolean(),
});

export const NO_FAULTS = {
  errorRate: 0,
  down: false,
  decline: false,
  timeout: false,
  webhookDelayMs: 0,
  webhookReorder: false,
} as const;

/** A lease is renewed by who wants it to last: its faults end with their caller. */
const LEASE_MS_MAX = 60_000;

export type FaultState = z.infer<typeof faultsSchema>;
export const faultsPatch = faultsSchema.partial().extend({
  /** For how long the faults of this call hold, in place of those of the lease before; 0 ends it. Without it they stay. */
  leaseMs: z.int().min(0).max(LEASE_MS_MAX).optional(),
});

export interface Faults {
  current(): FaultState;
  change(patch: z.infer<typeof faultsPatch>): FaultState;
  /** Throws the 503 of a gateway that is down. */
  refuseWhenDown(): void;
  /** Lets a request through after the latency, or throws the 503 that the faults ask for. */
  pass(): Promise<void>;
}

/** Rejects when the gateway stops, so that no request outlives it. */
export type Sleep = (ms: number) => Promise<void>;

export function sleepUntil(signal: AbortSignal): Sleep {
  return async (ms) => {
    try {
      await delay(ms, undefined, { signal });
    } catch (cause) {
      if (signal.aborted) throw new RefusedError(503, "shutting_down", "The gateway is shutting down.");
      throw cause;
    }
  };
}

/** @param now milliseconds that only go forward */
export function createFaults(initial: FaultState, sleep: Sleep, random: () => number, now: () => number): Faults {
  let lasting = initial;
  let lease = { state: initial, until: -Infinity };
  const current = (): FaultState => (now() < lease.until ? lease.state : lasting);
  function refuseWhenDown(): void {
    if (current().down) throw new RefusedError(503, "gateway_down", "The gateway is down.");
  }

  return {
    current,
    change({ leaseMs, ...patch }) {
      const state = faultsSchema.parse({ ...lasting, ...patch });
      if (leaseMs === undefined) lasting = state;
      else lease = { state, until: now() + leaseMs };
      return current();
    },
    refuseWhenDown,
    async pass() {
      await sleep(current().latencyMs);
      refuseWhenDown();
      if (random() < current().errorRate)
        throw new RefusedError(503, "gateway_error", "The gateway failed; nothing was done.");
    },
  };
}
