/**
 * Work that is done turn by turn until a signal aborts. A turn that fails is tried again after a pause; the log says so once in a
 * spell of failures, again only for another cause, and once when it is over. It sleeps by its ports, so that a watchdog sees it live.
 */
import type { LoopPorts } from "./watchdog.ts";
import type { Sql } from "./sql.ts";
import type { WakeUp } from "./wake-up.ts";

/** What a turn resolves to when there is more to do at once. */
export const AT_ONCE = 0;

export interface Loop<Ports = LoopPorts> {
  /** As the log and `/health` name it. */
  readonly name: string;
  /** From the end of a turn to the next one. */
  readonly intervalMs: number;
  /** From a turn that failed to the next one; the interval by default. */
  readonly backoffMs?: number;
  /** Ends the pause after a turn early; not the one after a failure. */
  readonly wakeUp?: WakeUp;
  /**
   * A condition of SQL, cheap to ask: where it does not hold, there is nothing to do. A deployment asks those of all its loops
   * together, once a second, and lets one that is due take its turn.
   */
  readonly due?: Sql;
  /** It watches and does no work: it goes on in a process that has let go of its work. */
  readonly looksOn?: true;
  /** Does what there is to do now. Resolves to the pause in ms when that is not the interval; what it waits for has a bound. */
  turn(ports: Ports): Promise<number | void>;
}

/** Takes turns until the signal aborts and the turn under way has ended. Never rejects. */
export async function repeat<Ports extends Omit<LoopPorts, "db">>(loop: Loop<Ports>, ports: Ports): Promise<void> {
  const { name, intervalMs, backoffMs = intervalMs, wakeUp } = loop;
  const { scheduler, signal, logger } = ports;
  let cause: string | undefined;
  while (!signal.aborted) {
    try {
      const pauseMs = (await loop.turn(ports)) ?? intervalMs;
      if (cause !== undefined) logger.info(`${name}: works again`);
      cause = undefined;
      if (pauseMs !== AT_ONCE) await (wakeUp?.wait(pauseMs, signal) ?? scheduler.sleep(pauseMs, signal));
    } catch (error) {
      const err = error instanceof Error ? error.message : String(error);
      logger[err === cause ? "debug" : "warn"]({ err }, `${name}: trying again`);
      cause = err;
      await scheduler.sleep(backoffMs, signal);
    }
  }
}
