/**
 * The locks under which streams are blocked and released and dead letters resolved, and the one order in which every transaction takes
 * them, so that none deadlocks:
 *
 * 1. the blocked stream (advisory, for the transaction): a release only tries, an operator's action waits;
 * 2. the row of a rebuild under way;
 * 3. the checkpoint's row;
 * 4. what an effect writes: inbox, read models, a handler's own rows;
 * 5. dead letters, several at once by position and id; an action is written only under the lock of its dead letter;
 * 6. retries, several at once by id.
 *
 * | who                    | takes                                                                                    |
 * |------------------------|------------------------------------------------------------------------------------------|
 * | a partition            | 3 (leaves it when another has it), new dead letters, 4                                   |
 * | a release              | 1 (leaves it when another has it), 3 for a projection, 4, 5, 6; after a failure 5, 6     |
 * | a rebuild's batch      | 2 (leaves it when another has it), 4 of its own                                          |
 * | a rebuild's merge      | 2, 3, 4, 5, 6                                                                            |
 * | a rebuild of one stream | 3, 4                                                                                    |
 * | discarding, editing    | 1, 2, 5, 6; the inbox after 5, since only the holder of 1 has both                       |
 * | asking for a retry, stopping one | 5, 6                                                                           |
 *
 * A projection reads its row, folds and writes it back. So every writer of its tables first locks its
 * checkpoint and reads afterwards: the runner, a release, the merge.
 */
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

/** The key of the advisory lock under which one blocked stream of one subscription is worked on. */
export function streamLock(consumer: string, streamId: string): Sql {
  return sql`hashtextextended(${`dead letters:${consumer}:${streamId}`}, 0)`;
}
