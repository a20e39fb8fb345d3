/** One run: read the gateway's books, find the charges on which books and orders may differ, settle each. */
import type { Logger } from "@tillstream/runtime";
import { readBooks } from "./books.ts";
import { finishRun, startOf } from "./runs.ts";
import type { RunResult, TakenRun } from "./runs.ts";
import { settleCharge } from "./settle-charge.ts";
import type { Reconciler } from "./settle-charge.ts";
import { findSuspects } from "./suspects.ts";

/** A gateway that fails so often in a row is away: the next run goes on. */
const FAILURES_MAX = 3;
/** So many captures of unknown orders at once mean another database than the gateway's, not stray charges. */
const UNKNOWN_MAX = 50;

export interface RunOptions extends Reconciler {
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Carries the run out and writes down how it went. Rejects only when the database is away. */
export async function carryOut(options: RunOptions, run: TakenRun): Promise<RunResult> {
  const result = await compare(options, run);
  await finishRun(options.db, run.id, result);
  const { logger } = options;
  if (result.error !== undefined) logger.warn({ ...result, run: run.id }, "reconciliation not finished");
  else if (result.found > 0) logger.warn({ ...result, run: run.id }, "reconciliation found differences");
  return result;
}

async function compare(options: RunOptions, run: TakenRun): Promise<RunResult> {
  const { db, logger, signal } = options;
  const since = await startOf(db, run);
  let captures = 0;
  try {
    captures = await readBooks(options, since, signal);
  } catch (error) {
    return { captures, found: 0, repaired: 0, error: messageOf(error) };
  }
  let found = 0;
  let repaired = 0;
  let failures = 0;
  const suspects = await findSuspects(db, since);
  const unknown = suspects.filter(({ isKnown }) => !isKnown).length;
  const wrongDatabase =
    unknown > UNKNOWN_MAX
      ? `${unknown} captures are of orders that are not in this database. None of them was refunded: is it the gateway's?`
      : undefined;
  for (const { chargeId, orderId, isKnown } of suspects) {
    if (!isKnown && wrongDatabase !== undefined) continue;
    if (signal.aborted) return { captures, found, repaired, error: "the worker stopped" };
    try {
      const settlement = await settleCharge(options, chargeId, orderId, signal);
      failures = 0;
      if (settlement === "repaired") repaired += 1;
      if (settlement === "repaired" || settlement === "attention" || settlement === "open") found += 1;
    } catch (error) {
      failures += 1;
      logger.info({ chargeId, err: messageOf(error) }, "reconciliation: this charge is looked at again later");
      if (failures >= FAILURES_MAX) return { captures, found, repaired, error: messageOf(error) };
    }
  }
  return { captures, found, repaired, ...(wrongDatabase !== undefined && { error: wrongDatabase }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
