/** A projection for the kernel's own tests in which all streams share one row, of a table that has a shadow. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { defineProjection } from "../subscription/projection.ts";
import type { Projection } from "../subscription/projection.ts";
import { Added } from "./counter.ts";
import { sumsView } from "./sums.ts";
import type { Sum } from "./sums.ts";

const ROW = "all";

export interface SharedRowOptions {
  /** Whether the projection cannot take an addition of so much. */
  readonly fails?: (by: number) => boolean;
  /** Called after the row was read and before it is written. */
  readonly onRead?: () => Promise<void>;
}

/** The sum of all that was added, over all streams. */
export function sharedRow({ fails = () => false, onRead = async () => undefined }: SharedRowOptions = {}): Projection {
  return defineProjection<Sum, readonly [typeof Added]>({
    ...sumsView,
    name: "shared_row",
    definitions: [Added],
    key: () => ROW,
    project({ n } = { id: ROW, n: 0 }, { data }) {
      if (fails(data.by)) throw new Error(`cannot take ${data.by}`);
      return { id: ROW, n: n + data.by };
    },
    async load(tx, keys) {
      const rows = await sumsView.load(tx, keys);
      await onRead();
      return rows;
    },
  });
}

/** What the shared row says. */
export async function sharedSum(db: SqlExecutor): Promise<number> {
  const rows = await db.query<Pick<Sum, "n">>(sql`SELECT n FROM sums`);
  return rows[0]?.n ?? 0;
}
