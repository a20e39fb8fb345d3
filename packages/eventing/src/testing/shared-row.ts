/** A projection for the kernel's own tests in which all streams share one row, of a table that has a shadow. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { defineProjection } from "../subscription/projection.ts";
import type { Projection } from "../subscription/projection.ts";
import { Added } from "./counter.ts";

const ROW = "all";

export interface SharedRowOptions {
  /** Whether the projection cannot take an addition of so much. */
  readonly fails?: (by: number) => boolean;
  /** Called after the row was read and before it is written. */
  readonly onRead?: () => Promise<void>;
}

/** The sum of all that was added, whatever the stream. */
export function sharedRow({ fails = () => false, onRead = async () => undefined }: SharedRowOptions = {}): Projection {
  return defineProjection<number, readonly [typeof Added]>({
    name: "shared_row",
    definitions: [Added],
    tables: ["account_monthly"],
    key: () => ROW,
    project(sum = 0, { data }) {
      if (fails(data.by)) throw new Error(`cannot take ${data.by}`);
      return sum + data.by;
    },
    async load(tx) {
      const rows = await tx.query<{ sum: number }>(sql`SELECT deposited AS sum FROM account_monthly`);
      await onRead();
      return new Map(rows.map(({ sum }) => [ROW, sum]));
    },
    async store(tx, views) {
      await tx.query(sql`
        INSERT INTO account_monthly (account_id, month, deposited, withdrawn, spent, refunded)
        VALUES (${ROW}, '-', ${views.get(ROW) ?? 0}::int, 0, 0, 0)
        ON CONFLICT (account_id, month) DO UPDATE SET deposited = excluded.deposited`);
    },
  });
}

/** What the shared row says. */
export async function sharedSum(db: SqlExecutor): Promise<number> {
  const rows = await db.query<{ sum: number }>(sql`SELECT deposited AS sum FROM account_monthly`);
  return rows[0]?.sum ?? 0;
}
