import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

/** The key of the advisory lock under which one held stream of one subscription is worked on. */
export function streamLock(consumer: string, streamId: string): Sql {
  return sql`hashtextextended(${`dead letters:${consumer}:${streamId}`}, 0)`;
}
