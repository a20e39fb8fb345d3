/** A checkout has four steps, each with its own timeout. */
const CHECKOUT_STEPS = 4;

/** What the timeouts of a checkout's run add up to: money of a younger run is left to the run. */
export function reconciliationGraceMs(stepTimeoutMs: number): number {
  return CHECKOUT_STEPS * stepTimeoutMs;
}
