/** Keeps a server (Postgres, Redis) running: when it ends by itself, or hangs and is ended, it is started again, with a growing delay. */
import { setTimeout as delay } from "node:timers/promises";
import { DEFAULT_BACKOFF, restartDelayMs } from "../supervisor/backoff.ts";
import type { Backoff } from "../supervisor/backoff.ts";
import { DEFAULT_WATCHFULNESS } from "../supervisor/supervised-process.ts";
import type { Watchfulness } from "../supervisor/supervised-process.ts";

export interface Server {
  readonly pid: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
  /** Whether it says anything within so long. */
  answers(timeoutMs: number): Promise<boolean>;
  /** At once, also when it is stopped or answers to nothing. */
  kill(): void;
}

export interface KeptServer<Kind extends Server> {
  current(): Kind;
  stop(): Promise<void>;
}

/** @param start starts it again after a fault; the first one is already running */
export function keepRunning<Kind extends Server>(
  name: string,
  first: Kind,
  start: () => Promise<Kind>,
  log: (line: string) => void,
  backoff: Backoff = DEFAULT_BACKOFF,
  watchfulness: Watchfulness = DEFAULT_WATCHFULNESS,
): KeptServer<Kind> {
  let server = first;
  const stopping = new AbortController();

  async function watch(): Promise<void> {
    let crashes = 0;
    let startedAt = performance.now();
    let running = true;
    while (!stopping.signal.aborted) {
      if (running) await Promise.race([server.exited, killWhenHung(server)]);
      if (running) await server.exited;
      if (stopping.signal.aborted) return;
      if (running && performance.now() - startedAt >= backoff.healthyAfterMs) crashes = 0;
      const waitMs = restartDelayMs(crashes, backoff);
      crashes += 1;
      if (running) log(`${name} ended; it starts again in ${waitMs / 1_000} s`);
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      startedAt = performance.now();
      running = await start().then(
        (started) => ((server = started), true),
        (error: Error) => (log(`${name} does not start: ${error.message}`), false),
      );
    }
  }
  async function killWhenHung(watched: Kind): Promise<void> {
    const { everyMs, timeoutMs, misses } = watchfulness;
    const over = new AbortController();
    void watched.exited.then(() => over.abort());
    const ended = AbortSignal.any([over.signal, stopping.signal]);
    for (let left = misses; left > 0;) {
      await delay(everyMs, undefined, { signal: ended, ref: false }).catch(() => undefined);
      if (ended.aborted) return;
      left = (await watched.answers(timeoutMs)) ? misses : left - 1;
    }
    if (ended.aborted) return;
    log(`${name} hung and was ended: no answer`);
    watched.kill();
  }

  const watching = watch();
  return {
    current: () => server,
    async stop() {
      stopping.abort();
      await server.stop();
      await watching;
      await server.stop(); // when the stop came while it was being started again
    },
  };
}
