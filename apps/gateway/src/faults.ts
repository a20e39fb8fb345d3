/** Faults that can be switched at run time: latency, a share of errors, and being down. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { RefusedError } from "./answers.ts";

const faultsSchema = z.strictObject({
  latencyMs: z.int().min(0).max(60_000),
  errorRate: z.number().min(0).max(1),
  down: z.boolean(),
  /** How long each webhook waits before it is sent. */
  webhookDelayMs: z.int().min(0).max(60_000),
  /** Webhooks arrive in pairs, the later one first. */
  webhookReorder: z.boolean(),
});

export const NO_FAULTS = { errorRate: 0, down: false, webhookDelayMs: 0, webhookReorder: false } as const;

export type FaultState = z.infer<typeof faultsSchema>;
export const faultsPatch = faultsSchema.partial();

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

export function createFaults(initial: FaultState, sleep: Sleep, random: () => number): Faults {
  let state = initial;
  function refuseWhenDown(): void {
    if (state.down) throw new RefusedError(503, "gateway_down", "The gateway is down.");
  }

  return {
    current: () => state,
    change(patch) {
      state = faultsSchema.parse({ ...state, ...patch });
      return state;
    },
    refuseWhenDown,
    async pass() {
      await sleep(state.latencyMs);
      refuseWhenDown();
      if (random() < state.errorRate)
        throw new RefusedError(503, "gateway_error", "The gateway failed; nothing was done.");
    },
  };
}
