/** Orders that store credit paid, all of them or a part beside a card: what was reserved was taken when confirmed, and is back when cancelled. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";
import { PARTS } from "./part-refunds.ts";

/** What store credit pays of an order: all, a part, or nothing. */
const ON_CREDIT = sql`(CASE payment_method WHEN 'account' THEN total ELSE credit_part END)`;

export const storeCreditInvariants = [
  inSql(
    "credit-orders-settled",
    "a confirmed or shipped order took its hold on the account, a cancelled one gave back what parts had left of it",
    {
      population: sql`SELECT count(*)::int AS checked FROM orders WHERE ${ON_CREDIT} > 0`,
      offenders: sql`
      WITH ${PARTS}, held AS (
        SELECT DISTINCT ON (data ->> 'orderId') data ->> 'orderId' AS order_id, stream_id, type, (data ->> 'amount')::int AS amount
        FROM events WHERE type IN ('HoldPlaced', 'HoldCaptured', 'HoldReleased', 'CreditRefunded')
        ORDER BY data ->> 'orderId', version DESC
      )
      SELECT o.id || ': ' || o.status || ', credit pays ' || ${ON_CREDIT} || ' of ' || o.total || ', its hold says ' || coalesce(held.type || ' ' || held.amount, 'nothing') AS id
      FROM orders o LEFT JOIN held ON held.order_id = o.id AND held.stream_id = 'account-' || o.customer_id
        LEFT JOIN part_sum ON part_sum.order_id = o.id
      WHERE ${ON_CREDIT} > 0 AND CASE
        WHEN o.status = 'confirmed' AND o.fulfilment = 'cancelling' THEN false
        WHEN o.status IN ('confirmed', 'shipped') THEN (held.type, held.amount) IS DISTINCT FROM ('HoldCaptured', ${ON_CREDIT})
        WHEN o.status = 'cancelled' AND coalesce(held.type, 'HoldReleased') <> 'HoldReleased'
          THEN CASE held.type WHEN 'CreditRefunded' THEN held.amount ELSE 0 END <> greatest(0, ${ON_CREDIT} - coalesce(part_sum.to_credit, 0))
        ELSE false END
      ORDER BY 1`,
    },
  ),
];
