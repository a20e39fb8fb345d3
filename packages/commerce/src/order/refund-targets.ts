/** Where parts of an order can be paid back to. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { PartRefund } from "./state.ts";

export type RefundTarget = PartRefund["to"];

/**
 * Of a row of `orders`, an array, where it goes by itself first. A guest has no store credit, and an erased customer could spend
 * none; but what was paid with credit goes back to where it came from.
 */
export const REFUND_TARGETS = sql`
  CASE WHEN payment_method = 'account' THEN ARRAY['credit']
       WHEN customer_id IS NULL OR EXISTS (SELECT FROM erasures WHERE erasures.customer_id = orders.customer_id) THEN ARRAY['card']
       ELSE ARRAY['card', 'credit'] END`;

/** `wanted`, or where the money goes if that cannot take it any more. */
export const targetOf = (targets: readonly RefundTarget[], wanted: RefundTarget): RefundTarget =>
  targets.includes(wanted) ? wanted : (targets[0] ?? wanted);

/** The same of one order. */
export async function refundTargetOf(db: SqlExecutor, orderId: string, wanted: RefundTarget): Promise<RefundTarget> {
  const [row] = await db.query<{ targets: readonly RefundTarget[] }>(
    sql`SELECT ${REFUND_TARGETS} AS targets FROM orders WHERE id = ${orderId}`,
  );
  return targetOf(row?.targets ?? [], wanted);
}
