/**
 * The locks under which events are held, released and decided on, and the one order in which every transaction takes
 * them, so that none waits in a circle:
 *
 * 1. the held stream (advisory, for the transaction): a release only tries, a person's action waits;
 * 2. the row of a rebuild under way;
 * 3. the checkpoint's row;
 * 4. what an effect writes: inbox, read models, a handler's own rows;
 * 5. letters, several at once by position and id; an action is written only under the lock of its letter;
 * 6. retries, several at once by id.
 *
 * | who                    | takes                                                                                    |
 * |------------------------|------------------------------------------------------------------------------------------|
 * | a lane                 | 3 (leaves it when somebody has it), new letters, 4                                       |
 * | a release              | 1 (leaves it when somebody has it), 3 for a projection, 4, 5, 6; after a failure 5, 6     |
 * | a rebuild's batch      | 2 (leaves it when somebody has it), 4 of its own                                         |
 * | a rebuild's swap       | 2, 3, 4, 5, 6                                                                            |
 * | discarding, editing    | 1, 2, 5, 6; the inbox after 5, since only who has 1 has both                             |
 * | asking for a retry, stopping one | 5, 6                                                                           |
 *
 * A projection reads its row, folds and writes it back. So whoever writes its tables has the lock on its checkpoint first
 * and reads afterwards: the lane, a release, the swap.
 */
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

/** The key of the advisory lock under which one held stream of one subscription is worked on. */
export function streamLock(consumer: string, streamId: string): Sql {
  return sql`hashtextextended(${`dead letters:${consumer}:${streamId}`}, 0)`;
}
