/** One partition on its way along the global order, page by page. It knows its checkpoint as long as no other process moves it. */
import type { Database, Logger } from "@tillstream/runtime";
import { POSTGRES_MESSAGING } from "../event/messaging.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { Applied } from "./apply-batch.ts";
import type { CheckpointKeeper } from "./checkpoint-keeper.ts";
import { checkpointMove, keepCheckpoints, loadCheckpoint, registerSubscription } from "./checkpoint.ts";
import type { Checkpoint, Partition } from "./checkpoint.ts";
import { deliver } from "./deliver.ts";
import type { LogTail } from "./log-tail.ts";
import { pageOf, readPage } from "./page.ts";
import type { Page } from "./page.ts";

/** What the partitions of one process do together. */
export interface SharedReading {
  readonly tail: Pick<LogTail, "after" | "forget">;
  readonly keeper: Pick<CheckpointKeeper, "note" | "settle">;
}

/** What one page needs. */
export interface PageOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly batchSize: number;
  /** Without it, a partition reads the log and writes its checkpoint by itself. */
  readonly shared?: SharedReading;
  /** Called after a commit with the keys of the rows that a projection changed. */
  readonly onChanged?: (projection: string, keys: readonly string[]) => void;
  /** Called after a commit in which a consumer appended events: the relay has work. */
  readonly onAppended?: () => void;
}

export interface PageResult extends Applied {
  /** Events that the partition moved past. */
  readonly passed: number;
  /** There is a page, and another transaction has the checkpoint of this projection: a release, or a rebuild's piece of merging. */
  readonly locked?: true;
}

export interface PartitionReader {
  /**
   * Takes the next page, if there is one. Throws only when Postgres is away.
   * @param waits for a transaction that has the checkpoint
   */
  next(waits?: boolean): Promise<PageResult>;
}

const NOTHING: PageResult = { passed: 0, changedKeys: [], appended: false };

export function createPartitionReader(
  partition: Partition,
  catalogue: EventCatalogue,
  options: PageOptions,
): PartitionReader {
  const { db, logger, batchSize, shared } = options;
  const { subscription } = partition;
  const types: ReadonlySet<string> = new Set(catalogue.definitions.keys());
  /** As it is stored; undefined where that is not known. */
  let checkpoint: Checkpoint | undefined;
  /** The last event that is done with: beyond the checkpoint when the events since then were not wanted. */
  let at = 0;
  /** Where the checkpoint was last, as far as is known. */
  let stored = 0;

  async function load(): Promise<boolean> {
    await shared?.keeper.settle(partition);
    const before = checkpoint?.position;
    checkpoint = await loadCheckpoint(db, partition);
    if (checkpoint === undefined) {
      await registerSubscription(db, subscription);
      checkpoint = await loadCheckpoint(db, partition);
    }
    if (checkpoint === undefined) return false;
    if (checkpoint.position < stored) shared?.tail.forget(); // set back, or never written for good, as the events after it may be
    stored = checkpoint.position;
    if (checkpoint.position !== before) at = checkpoint.position;
    if (checkpoint.isRunning) return true;
    await pass(checkpoint.position); // it is paused, and lives
    checkpoint = undefined;
    return false;
  }

  async function nextPage(): Promise<Page | undefined> {
    const recent = shared?.tail.after(at, batchSize);
    return recent === undefined
      ? readPage(db, partition, types, { after: at, limit: batchSize })
      : pageOf(recent, partition, types);
  }

  /** Notes that all events up to `to` are done with, without an effect; false when the partition is not where it was. */
  async function pass(to: number): Promise<boolean> {
    if (checkpoint === undefined) return false;
    const from = checkpoint.position;
    at = to;
    if (shared !== undefined) {
      shared.keeper.note({ partition, from, to, onKept: (isKept) => moved(isKept ? to : undefined) });
      return true;
    }
    const isKept = (await keepCheckpoints(db, [{ partition, from, to }])).size > 0;
    moved(isKept ? to : undefined);
    return isKept;
  }

  const moved = (to: number | undefined) => {
    stored = to ?? stored;
    checkpoint = to === undefined || checkpoint === undefined ? undefined : { ...checkpoint, position: to };
  };

  /** Undefined when another process holds the checkpoint or has moved it, or it was paused: then nothing is done. */
  async function process({ wanted, to, passed }: Page, waits: boolean): Promise<PageResult | undefined> {
    let claimed = at;
    const { count, ...applied } = await deliver(
      {
        db,
        logger,
        subscription,
        catalogue,
        messaging: POSTGRES_MESSAGING,
        nothingBlocked: checkpoint?.anyBlocked === false,
        claim(event) {
          // What lies behind the last wanted event is done with it.
          claimed = event === wanted.at(-1) ? to : event.position;
          return checkpointMove(partition, { from: checkpoint?.position ?? at, to: claimed, waits });
        },
        onDone() {
          at = claimed;
          moved(claimed);
        },
        onBlocked() {
          if (checkpoint !== undefined) checkpoint = { ...checkpoint, anyBlocked: true };
        },
      },
      wanted,
    );
    if (applied.changedKeys.length > 0) options.onChanged?.(subscription.name, applied.changedKeys);
    if (applied.appended) options.onAppended?.();
    if (count === wanted.length) return { passed, ...applied };
    checkpoint = undefined;
    return count === 0 ? undefined : { passed: 0, ...applied };
  }

  async function take(waits: boolean): Promise<PageResult | undefined> {
    // While streams are blocked, others may be set free meanwhile.
    if ((checkpoint === undefined || checkpoint.anyBlocked) && !(await load())) return NOTHING;
    const page = await nextPage();
    if (page === undefined && shared === undefined) return NOTHING;
    if (page === undefined || page.wanted.length === 0) {
      const isWhereItWas = await pass(page?.to ?? at);
      return isWhereItWas ? { ...NOTHING, passed: page?.passed ?? 0 } : undefined;
    }
    await shared?.keeper.settle(partition);
    return process(page, waits);
  }

  return {
    async next(waits = false) {
      try {
        const believed = checkpoint?.position;
        const result = await take(waits);
        if (result !== undefined || !(await load())) return result ?? NOTHING;
        const isElsewhere = believed !== undefined && checkpoint?.position !== believed;
        if (isElsewhere) return (await take(waits)) ?? NOTHING;
        return subscription.kind === "projection" ? { ...NOTHING, locked: true } : NOTHING;
      } catch (error) {
        checkpoint = undefined;
        throw error;
      }
    },
  };
}
