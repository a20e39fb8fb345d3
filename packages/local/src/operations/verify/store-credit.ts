/** Orders paid with store credit: what was reserved was taken when confirmed, and is back when cancelled. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";
import { PARTS } from "./part-refunds.ts";

export const storeCreditInvariants = [
  inSql(
    "credit-orders-settled",
    "a confirmed or shipped order took its hold on the account, a cancelled one gave back what parts had left of it",
    {
      population: sql`SELECT count(*)::int AS checked FROM orders WHERE payment_method = 'account'`,
      offenders: sql`
      WITH ${PARTS}, held AS (
        SELECT DISTINCT ON (data ->> 'orderId') data ->> 'orderId' AS order_id, stream_id, type, (data ->> 'amount')::int AS amount
        FROM events WHERE type IN ('HoldPlaced', 'HoldCaptured', 'HoldReleased', 'CreditRefunded')
        ORDER BY data ->> 'orderId', version DESC
      )
      SELECT o.id || ': ' || o.status || ', costs ' || o.total || ', its hold says ' || coalesce(held.type || ' ' || held.amount, 'nothing') AS id
      FROM orders o LEFT JOIN held ON held.order_id = o.id AND held.stream_id = 'account-' || o.customer_id
        LEFT JOIN part_sum ON part_sum.order_id = o.id
      WHERE o.payment_method = 'account' AND CASE
        WHEN o.status = 'confirmed' AND o.fulfilment = 'cancelling' THEN false
        WHEN o.status IN ('confirmed', 'shipped') THEN (held.type, held.amount) IS DISTINCT FROM ('HoldCaptured', o.total)
        WHEN o.status = 'cancelled' AND coalesce(held.type, 'HoldReleased') <> 'HoldReleased'
          THEN CASE held.type WHEN 'CreditRefunded' THEN held.amount ELSE 0 END + coalesce(part_sum.amount, 0) <> o.total
        ELSE false END
      ORDER BY 1`,
    },
  ),
];
