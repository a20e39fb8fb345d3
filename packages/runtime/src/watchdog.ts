/**
 * A watchdog over a loop that is to run until its signal aborts. A loop shows that it lives by what it asks of its ports: a statement
 * that was answered, a sleep. One that shows nothing for two minutes hangs: its signal aborts, and another is started beside
 * what is left of it. So is one that ended. For loops that may run twice at a time, as in two processes.
 */
import type { Logger } from "./logger.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Database } from "./sql.ts";

/** Longer than any statement, call or batch of a loop may take. */
const SILENCE_MS_MAX = 120_000;
const LOOK_MS = 30_000;
const RESTART_MS = 1_000;
/** The same once it is to end: for what takes longer the process does not wait. */
const LAST_SILENCE_MS_MAX = 4_000;
const LAST_LOOK_MS = 500;

/** What a loop works with; everything that it waits for goes through them, or has a bound of its own. */
export interface LoopPorts {
  readonly db: Database;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

export interface Watchdog {
  /** Runs `loop` until the signal aborts and it has ended, or shows no sign of life any more. Never rejects. */
  run(name: string, loop: (ports: LoopPorts) => Promise<void>): Promise<void>;
  /** The loops that have shown no sign of life for so long. */
  silentFor(ms: number): string[];
}

export function createWatchdog(options: LoopPorts): Watchdog {
  const silences = new Map<string, () => number>();
  return {
    run: (name, loop) => runWatched(name, options, loop, (silentMs) => silences.set(name, silentMs)),
    silentFor: (ms) => [...silences].filter(([, silentMs]) => silentMs() >= ms).map(([name]) => name),
  };
}

async function runWatched(
  name: string,
  { db, scheduler, signal, logger }: LoopPorts,
  loop: (ports: LoopPorts) => Promise<void>,
  onStart: (silentMs: () => number) => void,
): Promise<void> {
  while (!signal.aborted) {
    const left = new AbortController();
    const over = AbortSignal.any([signal, left.signal]);
    const watched = watch(db, scheduler);
    onStart(watched.silentMs);

    async function untilSilent(): Promise<void> {
      while (!over.aborted) {
        await scheduler.sleep(LOOK_MS, over);
        if (watched.silentMs() >= SILENCE_MS_MAX) throw new Error(`no sign of life for ${SILENCE_MS_MAX} ms`);
      }
      while (!left.signal.aborted && watched.silentMs() < LAST_SILENCE_MS_MAX)
        await scheduler.sleep(LAST_LOOK_MS, left.signal);
    }

    try {
      await Promise.race([loop({ ...watched, signal: over, logger }), untilSilent()]);
      if (!signal.aborted) throw new Error("it ended");
    } catch (error) {
      logger.error({ err: error, loop: name }, "a loop stopped, starting it again");
      await scheduler.sleep(RESTART_MS, signal);
    } finally {
      left.abort();
    }
  }
}

/** Ports that note when they were last heard of. */
function watch(db: Database, scheduler: Scheduler): Pick<LoopPorts, "db" | "scheduler"> & { silentMs(): number } {
  const now = () => performance.now();
  /** Statements and transactions under way, by when each was last heard of. */
  const underWay = new Set<{ heardAt: number }>();
  let asleep = 0;
  let heardAt = now();

  async function noted<Result>(work: (heard: () => void) => Promise<Result>): Promise<Result> {
    const one = { heardAt: now() };
    underWay.add(one);
    try {
      return await work(() => (one.heardAt = now()));
    } finally {
      underWay.delete(one);
      heardAt = now();
    }
  }

  return {
    db: {
      query: (...statement) => noted(() => db.query(...statement)),
      transaction: (work) =>
        noted((heard) =>
          db.transaction((tx) => {
            heard();
            return work({ query: (...statement) => tx.query(...statement).finally(heard) } as typeof tx); // as generic as the one it calls
          }),
        ),
    },
    scheduler: {
      async sleep(...time) {
        asleep += 1;
        await scheduler.sleep(...time);
        asleep -= 1;
        heardAt = now();
      },
      every: (...work) => scheduler.every(...work),
    },
    silentMs() {
      if (underWay.size === 0) return asleep > 0 ? 0 : now() - heardAt;
      return now() - Math.min(...[...underWay].map((one) => one.heardAt));
    },
  };
}
