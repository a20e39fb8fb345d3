/** Waiting as a dependency: the kernel has no timers of its own, so tests decide when time passes. */
export interface Scheduler {
  /** Resolves after `ms`, or as soon as `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `work` every `ms` until the returned function is called; runs never overlap. */
  every(ms: number, work: () => Promise<void>): () => void;
}

export const systemScheduler: Scheduler = {
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal?.addEventListener("abort", finish, { once: true });
    });
  },
  every(ms, work) {
    let stopped = false;
    let timer: NodeJS.Timeout;
    const tick = () => {
      void work()
        .catch(() => undefined)
        .finally(() => {
          if (!stopped) timer = setTimeout(tick, ms);
        });
    };
    timer = setTimeout(tick, ms);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  },
};
