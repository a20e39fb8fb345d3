/** Something to wait at until the test opens it. */
export interface Gate {
  /** Resolves when a caller waits at it. */
  readonly reached: Promise<void>;
  wait(): Promise<void>;
  open(): void;
}

export function createGate(): Gate {
  const arrival = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<void>();
  return {
    reached: arrival.promise,
    wait() {
      arrival.resolve();
      return opening.promise;
    },
    open: opening.resolve,
  };
}
