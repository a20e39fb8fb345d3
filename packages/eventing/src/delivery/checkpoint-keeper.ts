/**
 * Writes together, a few times a second, the checkpoints of partitions that had nothing to do: that they have passed events which
 * they do not want, and that they live. A checkpoint with an effect is written in the transaction of the effect.
 */
import type { Loop, SqlExecutor } from "@tillstream/runtime";
import { keepCheckpoints } from "./checkpoint.ts";
import type { Partition } from "./checkpoint.ts";

const KEEP_MS = 500;
/** Turns from one heartbeat to the next. */
const TURNS_PER_BEAT = 4;

/** How far a partition has come without an effect. */
export interface KeptPosition {
  readonly partition: Partition;
  /** As it is stored. */
  readonly from: number;
  readonly to: number;
  /** Called when it is written, or, with false, when it is not as `from` says any more, or that is not known. */
  onKept(isKept: boolean): void;
}

export interface CheckpointKeeper {
  /** In place of what was noted of the partition before. */
  note(position: KeptPosition): void;
  /** Forgets what was noted of the partition, and resolves when nothing of it is being written. */
  settle(partition: Partition): Promise<void>;
  readonly loop: Loop;
}

export function createCheckpointKeeper(): CheckpointKeeper {
  const noted = new Map<Partition, KeptPosition>();
  let writing: readonly KeptPosition[] = [];
  let written: Promise<void> = Promise.resolve();
  let turns = 0;

  async function write(db: SqlExecutor, positions: readonly KeptPosition[]): Promise<void> {
    let kept: ReadonlySet<number> = new Set();
    try {
      kept = await keepCheckpoints(db, positions);
    } finally {
      positions.forEach((position, index) => position.onKept(kept.has(index)));
      if (writing === positions) writing = [];
    }
  }

  async function turn({ db }: { readonly db: SqlExecutor }): Promise<void> {
    turns += 1;
    const isBeat = turns % TURNS_PER_BEAT === 0;
    writing = [...noted.values()].filter(({ from, to }) => isBeat || to > from);
    if (writing.length === 0) return;
    for (const { partition } of writing) noted.delete(partition);
    const work = write(db, writing);
    written = work.catch(() => undefined);
    await work;
  }

  return {
    note: (position) => void noted.set(position.partition, position),
    async settle(partition) {
      noted.delete(partition);
      if (writing.some((position) => position.partition === partition)) await written;
    },
    loop: { name: "checkpoints", intervalMs: KEEP_MS, turn },
  };
}
