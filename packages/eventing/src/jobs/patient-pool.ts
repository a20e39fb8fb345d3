/**
 * Connections for graphile-worker that outlast Postgres: a statement that fails because Postgres is away or busy is asked again
 * on another connection until it is answered. A runner does not survive a failure of its own statements (0.18): the rejection
 * of a job's completion is not handled, a failed batch is miscounted so that stopping never ends, and on 57P03 it sleeps for seconds.
 *
 * All its statements may be repeated: a job is completed or given back by its id. Jobs that were locked for an answer
 * that got lost stay locked; their sender must bring the work back.
 */
import type { Logger, Scheduler } from "@tillstream/runtime";
import type { RunnerOptions, WithPgClient } from "graphile-worker";
import { isTransient } from "../postgres/sql-errors.ts";

const RETRY_MS = 250;

export type JobsPool = NonNullable<RunnerOptions["pgPool"]>;
type Connection = Parameters<Parameters<WithPgClient>[0]>[0];
/** A connection as a runner asks it: never with a callback. */
interface Asked extends Pick<Connection, "release"> {
  query(...statement: unknown[]): Promise<unknown>;
}
type OnConnected = (error: Error | undefined, connection?: Connection, release?: (error?: Error) => void) => void;

export interface PatientPoolOptions {
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  /** Once it aborts, what Postgres does not answer at once stays unanswered. */
  readonly signal: AbortSignal;
  /** Once it aborts, connections that the runner has not given back are closed. */
  readonly left: AbortSignal;
  /** Called whenever Postgres was asked, with any outcome. */
  readonly onAsked: () => void;
}

export function patientPool(
  pool: JobsPool,
  { logger, scheduler, signal, left, onAsked }: PatientPoolOptions,
): JobsPool {
  async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted) return new Promise<never>(() => undefined);
        if (!isTransient(error)) throw error;
        logger.warn({ err: (error as Error).message }, "job queue: asking Postgres again");
        await scheduler.sleep(RETRY_MS, signal);
      } finally {
        onAsked();
      }
    }
  }

  /** One that is connected again for each statement. */
  const patient = {
    query: (...statement: unknown[]) =>
      untilAnswered(async () => {
        const connection: Asked = await pool.connect();
        let broken: Error | undefined;
        try {
          return await connection.query(...statement);
        } catch (error) {
          broken = error as Error;
          throw error;
        } finally {
          connection.release(broken);
        }
      }),
    release: () => undefined,
  };

  function releaseOnce(connection: Connection): (error?: Error) => void {
    let isOut = true;
    const release = (error?: Error) => {
      if (isOut) connection.release(error);
      isOut = false;
    };
    left.addEventListener("abort", () => release(new Error("its runner was left")), { once: true });
    return release;
  }

  /** With a callback it is for LISTEN, and stays connected. */
  function connect(onConnected?: OnConnected) {
    if (onConnected === undefined) return Promise.resolve(patient);
    return void untilAnswered(() => pool.connect()).then(
      (connection) => onConnected(undefined, connection, releaseOnce(connection)),
      (error: Error) => onConnected(error),
    );
  }
  return Object.create(pool, { connect: { value: connect }, query: { value: patient.query } }) as JobsPool; // a pool but for these
}
