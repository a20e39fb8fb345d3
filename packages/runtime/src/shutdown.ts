/** Orderly end of a process: the hooks run once, last registered first, each within a bound. */
import type { Logger } from "./logger.ts";

const HOOK_TIMEOUT_MS = 10_000;

export interface Shutdown {
  /** Aborted as soon as the process is asked to end. */
  readonly signal: AbortSignal;
  onShutdown(name: string, hook: () => Promise<void> | void): void;
  /** Runs all hooks; safe to call more than once. */
  run(reason: string): Promise<void>;
}

export function createShutdown(logger: Logger): Shutdown {
  const controller = new AbortController();
  const hooks: { name: string; hook: () => Promise<void> | void }[] = [];
  let running: Promise<void> | undefined;

  async function runHooks(reason: string): Promise<void> {
    logger.info({ reason }, "shutting down");
    controller.abort();
    for (const { name, hook } of hooks.toReversed()) {
      try {
        await withTimeout(Promise.resolve(hook()), HOOK_TIMEOUT_MS, `shutdown hook ${name}`);
      } catch (error) {
        logger.error({ err: error, hook: name }, "shutdown hook failed");
      }
    }
  }

  return {
    signal: controller.signal,
    onShutdown(name, hook) {
      hooks.push({ name, hook });
    },
    run(reason) {
      running ??= runHooks(reason);
      return running;
    },
  };
}

/** Ends the process through `shutdown` on SIGINT, SIGTERM or an uncaught error. */
export function exitOnSignals(shutdown: Shutdown, logger: Logger): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => void shutdown.run(signal).then(() => process.exit(0)));
  }
  for (const fault of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(fault, (error: unknown) => {
      logger.fatal({ err: error }, fault);
      void shutdown.run(fault).then(() => process.exit(1));
    });
  }
}

/** What was waited for did not come in time. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/** Settles as `work` does, or rejects with `TimeoutError` after `ms`. */
export async function withTimeout<Value>(work: Promise<Value>, ms: number, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
