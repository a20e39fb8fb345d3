/** Who is behind an order, for the merchant: its customers, as long as they are known, and who paid parts of it back. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { RefundRequested } from "./events.ts";
import { orderStreamId } from "./repository.ts";

interface Customer {
  readonly name: string | null;
  readonly email: string;
}

/** By the ids of their orders, but for those that were forgotten. */
export async function customersOf(
  db: SqlExecutor,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Customer>> {
  const rows = await db.query<Customer & { id: string }>(sql`
    SELECT id, nullif(shipping_address ->> 'name', '') AS name, email FROM orders
    WHERE id = ANY(${orderIds}::text[]) AND email IS NOT NULL AND erasure IS NULL`);
  return new Map(rows.map(({ id, name, email }) => [id, { name, email }]));
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
