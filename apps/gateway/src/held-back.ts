/** Swaps deliveries in pairs: of two, the later one goes first. For receivers that must not rely on an order. */
import type { Sleep } from "./faults.ts";

/** One that no other follows goes out after this long. */
const HELD_MS_MAX = 1_000;

type Delivery = () => Promise<void>;

export interface HeldBack {
  /** Keeps the first of a pair back; carries out the second and then the first. */
  swap(delivery: Delivery): Promise<void>;
}

export function createHeldBack(sleep: Sleep): HeldBack {
  let held: Delivery | undefined;
  return {
    async swap(delivery) {
      const earlier = held;
      if (earlier === undefined) {
        held = delivery;
        await sleep(HELD_MS_MAX);
        if (held !== delivery) return;
        held = undefined;
        return delivery();
      }
      held = undefined;
      await delivery();
      await earlier();
    },
  };
}
