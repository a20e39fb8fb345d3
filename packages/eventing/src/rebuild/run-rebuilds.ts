/** The worker's loop over rebuilds: asked for by anyone, carried out here, resumed after a kill. */
import type { Database, Logger, Scheduler } from "@tillstream/runtime";
import { isTransient } from "../postgres/sql-errors.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Projection } from "../subscription/projection.ts";
import { failRebuild, listRebuilds, rebuildNext } from "./rebuild.ts";

const POLL_MS = 1_000;
const ERROR_TEXT_MAX = 4_000;

export interface RebuildOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal;
  readonly batchSize: number;
  readonly projections: readonly Projection[];
}

/** Runs until `signal` aborts. */
export async function runRebuilds(options: RebuildOptions): Promise<void> {
  const { db, logger, scheduler, signal, projections } = options;
  while (!signal.aborted) {
    try {
      const running = (await listRebuilds(db)).filter(({ status }) => status === "running");
      for (const { projection: name } of running) {
        const projection = projections.find((candidate) => candidate.name === name);
        if (projection !== undefined) await rebuildToEnd(projection, options);
      }
    } catch (error) {
      logger.warn({ err: (error as Error).message }, "rebuilds: trying again");
    }
    await scheduler.sleep(POLL_MS, signal);
  }
}

async function rebuildToEnd(projection: Projection, { db, logger, signal, batchSize }: RebuildOptions): Promise<void> {
  const catalogue = catalogueOf(projection);
  try {
    while (!signal.aborted) {
      const progress = await rebuildNext(db, projection, catalogue, batchSize);
      if (progress === undefined) return;
      if (!progress.swapped) continue;
      return logger.info({ projection: projection.name }, "projection rebuilt and swapped");
    }
  } catch (error) {
    if (isTransient(error)) throw error;
    logger.error({ err: error, projection: projection.name }, "projection rebuild failed; the live one is untouched");
    await failRebuild(
      db,
      projection.name,
      String(error instanceof Error ? error.stack : error).slice(0, ERROR_TEXT_MAX),
    );
  }
}
