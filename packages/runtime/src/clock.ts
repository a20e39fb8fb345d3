/** Time as a dependency, so that tests and replays decide what "now" is. */
export interface Clock {
  now(): Date;
}

/** Milliseconds that only go forward, whatever is done to the clock: for waits, not for dates. */
export const monotonicMs = (): number => performance.now();

export const systemClock: Clock = { now: () => new Date() };

/** A clock that keeps its time until it is moved. */
export function manualClock(start: Date): Clock & { advance(ms: number): void } {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    advance(ms) {
      current += ms;
    },
  };
}
