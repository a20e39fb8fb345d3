/** An address that no carrier reaches: then the order is where the cause is, and where it is set right. */
import type { Alert } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { lastRecorded, SHIPPING_FAILED } from "../order/index.ts";
import { SHIPPING, ShipmentCreated } from "../shipping/index.ts";
import type { KnownCause } from "./known-cause.ts";

const ORDERS_NAMED_MAX = 5;

/** Undefined where the carrier makes labels for nobody: then it is the carrier. */
export async function addressBehind(
  db: SqlExecutor,
  { check, subject }: Pick<Alert, "check" | "subject">,
): Promise<KnownCause | undefined> {
  if (check !== "dead-letters" || subject !== SHIPPING) return undefined;
  const orders = await db.query<{ id: string; number: string; count: number }>(sql`
    SELECT orders.id, orders.number, (count(*) OVER ())::int AS count
    FROM dead_letters letter JOIN orders ON letter.stream_id = 'order-' || orders.id
    WHERE letter.consumer = ${SHIPPING} AND letter.status = 'parked' AND ${SHIPPING_FAILED} = ANY(orders.attention_codes)
      AND letter.first_failed_at < (${lastRecorded(ShipmentCreated)})
    ORDER BY letter.id LIMIT ${ORDERS_NAMED_MAX}`);
  const [first] = orders;
  if (first === undefined) return undefined;
  const { count } = first;
  const which = `order ${first.number}`;
  return {
    code: "address-unreachable",
    says:
      count === 1
        ? `The address of ${which} reaches no carrier, while others get their labels: correct it.`
        : `The addresses of ${count} orders reach no carrier, while others get their labels: correct them, that of ${which} first.`,
    path: `/orders/${first.id}`,
    evidence: orders.map(({ id, number }) => ({ says: `Order ${number} has no label`, path: `/orders/${id}` })),
    // Another try meets the same address.
    action: {
      says: `Correct the address of ${which}. Its parcel is then tried again by itself.`,
      link: `Correct the address of ${which}`,
      step: null,
    },
  };
}
