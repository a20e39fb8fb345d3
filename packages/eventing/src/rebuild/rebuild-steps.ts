/** A rebuild carried out to its end, with what is kept from one step to the next: the page read ahead, the size of a piece. */
import { monotonicMs } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Projection } from "../subscription/projection.ts";
import { readHistoryAhead } from "./history.ts";
import { MERGE_ROWS_MAX, rebuildNext } from "./rebuild.ts";
import type { RebuildProgress } from "./rebuild.ts";

/** How long the live projection is to wait for a piece of the merge, on average. */
const PIECE_MS = 25;
const MERGE_ROWS_FIRST = 250;
const MERGE_ROWS_MIN = 10;

/** How many rows to merge after so many took so long: rows may be wide, disks slow. At most twice as many as before. */
export function nextPiece(rows: number, tookMs: number): number {
  const fitting = Math.floor(rows * Math.min(2, PIECE_MS / tookMs));
  return Math.min(MERGE_ROWS_MAX, Math.max(MERGE_ROWS_MIN, fitting));
}

/** Takes steps until the rebuild has ended, or none is running here. */
export async function* rebuildSteps(
  db: Database,
  projection: Projection,
  batchSize: number,
): AsyncGenerator<RebuildProgress & { readonly tookMs: number }> {
  const catalogue = catalogueOf(projection);
  const history = readHistoryAhead(db);
  for (let mergeRows = MERGE_ROWS_FIRST; ;) {
    const began = monotonicMs();
    const progress = await rebuildNext(db, projection, catalogue, batchSize, { history, mergeRows });
    if (progress === undefined) return;
    const tookMs = monotonicMs() - began;
    yield { ...progress, tookMs };
    if (progress.swapped) return;
    if (progress.merging === true) mergeRows = nextPiece(mergeRows, tookMs);
  }
}
