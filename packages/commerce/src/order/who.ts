/** Who is behind an order, for the merchant: its customers, as long as they are known, what they paid with, and who paid parts of it back. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { RefundRequested } from "./events.ts";
import { orderStreamId } from "./repository.ts";

interface Customer {
  readonly name: string | null;
  readonly email: string;
}

interface PlacedBy {
  /** Null where they were forgotten. */
  readonly customer: Customer | null;
  /** Store credit pays all of it. */
  readonly isOfCredit: boolean;
}

/** By the ids of their orders. */
export async function customersOf(
  db: SqlExecutor,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, PlacedBy>> {
  const rows = await db.query<PlacedBy & { id: string }>(sql`
    SELECT id, payment_method = 'account' AS "isOfCredit",
      CASE WHEN email IS NOT NULL AND erasure IS NULL
        THEN jsonb_build_object('name', nullif(shipping_address ->> 'name', ''), 'email', email) END AS customer
    FROM orders WHERE id = ANY(${orderIds}::text[])`);
  return new Map(rows.map(({ id, ...placedBy }) => [id, placedBy]));
}

interface PartRefunded {
  readonly refundId: string;
  readonly actor: string;
  readonly reason: string;
}

/** Of each part that was paid back, who asked for it and why; the oldest first. */
export function refundedBy(db: SqlExecutor, orderId: string): Promise<readonly PartRefunded[]> {
  return db.query<PartRefunded>(sql`
    SELECT data ->> 'refundId' AS "refundId", metadata ->> 'actor' AS actor, data ->> 'reason' AS reason FROM events
    WHERE stream_id = ${orderStreamId(orderId)} AND type = ${RefundRequested.type} ORDER BY version`);
}
