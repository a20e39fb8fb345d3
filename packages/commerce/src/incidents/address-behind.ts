/** An address that no carrier reaches: then the order is where the cause is, and where it is set right. */
import type { Alert, Evidence } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { lastRecorded, SHIPPING_FAILED } from "../order/index.ts";
import { SHIPPING, ShipmentCreated } from "../shipping/index.ts";

/** Undefined where the carrier makes labels for nobody: then it is the carrier. */
export async function addressBehind(
  db: SqlExecutor,
  { check, subject }: Pick<Alert, "check" | "subject">,
): Promise<(Evidence & { readonly code: string }) | undefined> {
  if (check !== "dead-letters" || subject !== SHIPPING) return undefined;
  const [order] = await db.query<{ id: string; number: string }>(sql`
    SELECT orders.id, orders.number FROM dead_letters letter JOIN orders ON letter.stream_id = 'order-' || orders.id
    WHERE letter.consumer = ${SHIPPING} AND letter.status = 'parked' AND ${SHIPPING_FAILED} = ANY(orders.attention_codes)
      AND letter.first_failed_at < (${lastRecorded(ShipmentCreated)})
    ORDER BY letter.id LIMIT 1`);
  return (
    order && {
      code: "address-unreachable",
      says: `The address of order ${order.number} reaches no carrier, while others get their labels: correct it.`,
      path: `/orders/${order.id}`,
    }
  );
}
