/** What the customer of an order can see to by themselves, beside what its page shows: where it goes, and what comes back. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { loadDestination, REFUND_TARGETS } from "../order/index.ts";
import type { Destination } from "../order/index.ts";
import type { ShopFacts } from "../settings.ts";
import { listReturns, RETURNS_MAX } from "./repository.ts";
import type { ReturnPage } from "./repository.ts";
import { windowOf } from "./window.ts";

export interface Aftercare extends Destination {
  readonly paidWith: "card" | "account";
  /** What may be said of the card. Null where it is not known, or not any more. */
  readonly card: { readonly brand?: string; readonly lastFour: string } | null;
  /** Where the money of a return can go. */
  readonly refundTo: readonly ("card" | "credit")[];
  /** Its cart was paid by another order: there is nothing to go back to. */
  readonly paidSince: boolean;
  /** Until then it can be sent back; null before it has left and when that is over. */
  readonly returnUntil: string | null;
  readonly returnDays: number;
  /** The carrier's page of the parcel; null before it has left, and where no such page is known. */
  readonly trackingUrl: string | null;
  /** The latest first. */
  readonly returns: readonly ReturnPage[];
}

interface OrderRow {
  readonly paidWith: "card" | "account";
  readonly card: Aftercare["card"];
  readonly trackingNumber: string | null;
  readonly paidSince: boolean;
  readonly refundTo: Aftercare["refundTo"];
}

export async function readAftercare(
  db: SqlExecutor,
  orderId: string,
  { returnDays, trackingUrl }: Pick<ShopFacts, "returnDays" | "trackingUrl">,
): Promise<Aftercare> {
  const [order] = await db.query<OrderRow>(sql`
    SELECT payment_method AS "paidWith", card, (SELECT tracking_number FROM shipments WHERE order_id = orders.id) AS "trackingNumber",
           ${REFUND_TARGETS} AS "refundTo",
           EXISTS (SELECT FROM orders other WHERE other.cart_id = orders.cart_id AND other.id <> orders.id AND other.status <> 'cancelled') AS "paidSince"
    FROM orders WHERE id = ${orderId}`);
  if (order === undefined) throw new Error(`order ${orderId} has no row`);
  const { paidWith, card, refundTo, paidSince, trackingNumber } = order;
  const window = await windowOf(db, orderId, returnDays);
  return {
    ...(await loadDestination(db, orderId)),
    paidWith,
    card,
    refundTo,
    paidSince,
    returnUntil: window?.isOpen === true ? window.until.toISOString() : null,
    returnDays,
    trackingUrl:
      trackingUrl === undefined || trackingNumber === null
        ? null
        : trackingUrl.replaceAll("{number}", encodeURIComponent(trackingNumber)),
    returns: await listReturns(db, { orderId, limit: RETURNS_MAX }),
  };
}
