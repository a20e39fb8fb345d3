/** The worker's loop over rebuilds: asked for by anyone, carried out here, resumed after a kill. */
import { sql } from "@tillstream/runtime";
import type { Loop, LoopPorts } from "@tillstream/runtime";
import { isTransient } from "../postgres/sql-errors.ts";
import type { Projection } from "../subscription/projection.ts";
import { failRebuild, listRebuilds } from "./rebuild.ts";
import { rebuildSteps } from "./rebuild-steps.ts";

const POLL_MS = 1_000;
const ERROR_TEXT_MAX = 4_000;
/** After each piece of the merge the live projection's checkpoint is free for so long. */
const LIVE_TURN_MS = 20;

/** @param batchSize events read in one transaction */
export const rebuilds = (projections: readonly Projection[], batchSize: number): Loop => ({
  name: "rebuilds",
  intervalMs: POLL_MS,
  due: sql`EXISTS (SELECT FROM projection_rebuilds WHERE status = 'running')`,
  async turn(ports) {
    const running = (await listRebuilds(ports.db)).filter(({ status }) => status === "running");
    for (const { projection: name } of running) {
      const projection = projections.find((candidate) => candidate.name === name);
      if (projection !== undefined) await rebuildToEnd(projection, batchSize, ports);
    }
  },
});

async function rebuildToEnd(
  projection: Projection,
  batchSize: number,
  { db, logger, scheduler, signal }: LoopPorts,
): Promise<void> {
  try {
    for await (const { swapped, merging } of rebuildSteps(db, projection, batchSize)) {
      if (swapped) logger.info({ projection: projection.name }, "projection rebuilt and swapped");
      if (merging === true) await scheduler.sleep(LIVE_TURN_MS, signal);
      if (signal.aborted) return;
    }
  } catch (error) {
    if (isTransient(error)) throw error;
    logger.error({ err: error, projection: projection.name }, "projection rebuild failed; the live one goes on");
    await failRebuild(
      db,
      projection.name,
      String(error instanceof Error ? error.stack : error).slice(0, ERROR_TEXT_MAX),
    );
  }
}
