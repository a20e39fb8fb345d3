/**
 * A worker does not start with a saga that changed under its version: runs that began before would be left where they are.
 * What was there before is known from the committed shapes and from the runs that are under way.
 */
import { sql } from "@tillstream/runtime";
import type { Database, Logger, Scheduler, SqlExecutor } from "@tillstream/runtime";
import { isTransient } from "../postgres/sql-errors.ts";
import type { Saga } from "./definition.ts";
import { changeOf } from "./shape.ts";
import type { PublishedSagas, SagaShape } from "./shape.ts";
import { STEP_NAMES } from "./state.ts";

const RETRY_MS = 1_000;

export interface RefuseChangedOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly sagas: readonly Saga[];
  readonly published: PublishedSagas;
}

/** Throws with a sentence for each saga that changed, which says what to do. Waits for a database that is away. */
export async function refuseChangedSagas(options: RefuseChangedOptions): Promise<void> {
  const { db, logger, scheduler, signal, sagas, published } = options;
  refuse(publishedChanges(sagas, published));
  while (!signal.aborted) {
    try {
      return refuse(await changesUnderWay(db, sagas));
    } catch (error) {
      if (!isTransient(error)) throw error;
      logger.warn({ err: (error as Error).message }, "sagas: waiting for postgres, to compare them with their runs");
      await scheduler.sleep(RETRY_MS, signal);
    }
  }
}

/** A sentence for each saga that differs from its published shape. */
export function publishedChanges(sagas: readonly Saga[], published: PublishedSagas): string[] {
  return sagas.flatMap((saga) => {
    const was = published[saga.name]?.[saga.version];
    return (was && changeOf(saga, was, "is published")) ?? [];
  });
}

interface UnderWay {
  readonly name: string;
  readonly version: number;
  readonly shape: SagaShape | readonly string[];
  readonly runs: number;
  readonly example: string;
}

/** A sentence for each saga that differs from the shape of runs that can still go on. */
async function changesUnderWay(db: SqlExecutor, sagas: readonly Saga[]): Promise<string[]> {
  const rows = await db.query<UnderWay>(sql`
    SELECT name, definition_version AS version, coalesce(shape, ${STEP_NAMES}) AS shape, count(*)::int AS runs, min(saga_id) AS example
    FROM sagas run WHERE name = ANY(${sagas.map(({ name }) => name)}::text[])
      AND status IN ('running', 'compensating', 'compensation_failed', 'failed')
    GROUP BY 1, 2, 3`);
  return rows.flatMap(({ name, version, shape, runs, example }) => {
    const saga = sagas.find((one) => one.name === name && one.version === version);
    return (saga && changeOf(saga, shape, `has ${runs} run(s) under way, such as ${example}`)) ?? [];
  });
}

function refuse(changes: readonly string[]): void {
  if (changes.length > 0) throw new Error(`This worker does not start. ${changes.join(". ")}.`);
}
