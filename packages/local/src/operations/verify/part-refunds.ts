/** Units that were paid back by themselves: within their orders, and each carried out once, where it was to go. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

/** Of each order: what went back by card and what as credit, and of each of its lines how many units, how many of them on the shelf, and how many written off before it left. */
export const PARTS = sql`
  part AS (
    SELECT substr(asked.stream_id, length('order-') + 1) AS order_id, asked.data ->> 'refundId' AS refund_id, asked.data,
           (asked.data ->> 'amount')::int AS amount, asked.data ->> 'to' AS target, done.data AS done,
           CASE asked.data ->> 'to' WHEN 'credit' THEN (asked.data ->> 'amount')::int ELSE coalesce((asked.data ->> 'creditPart')::int, 0) END AS to_credit
    FROM events asked LEFT JOIN events done
      ON done.stream_id = asked.stream_id AND done.type = 'RefundCompleted' AND done.data ->> 'refundId' = asked.data ->> 'refundId'
    WHERE asked.type = 'RefundRequested'
  ), part_sum AS (
    SELECT order_id, sum(amount)::int AS amount, sum(amount - to_credit)::int AS to_card, sum(to_credit)::int AS to_credit
    FROM part GROUP BY order_id
  ), part_line AS (
    SELECT order_id, line ->> 'sku' AS sku, sum((line ->> 'quantity')::int)::int AS units,
           coalesce(sum((line ->> 'quantity')::int) FILTER (WHERE (data ->> 'restock')::boolean), 0)::int AS restocked,
           coalesce(sum((line ->> 'quantity')::int) FILTER (WHERE NOT (data ->> 'restock')::boolean AND NOT (data ->> 'hadLeft')::boolean), 0)::int AS written_off
    FROM part, jsonb_array_elements(data -> 'lines') AS line GROUP BY 1, 2
  )`;

const REFUNDS = sql`SELECT count(*)::int AS checked FROM events WHERE type = 'RefundRequested'`;

export const partRefundInvariants = [
  inSql(
    "part-refunds-within-orders",
    "in parts no more money and no more units of a line go back than the order has, nor more to a card than it paid",
    {
      population: REFUNDS,
      offenders: sql`
      WITH ${PARTS}
      SELECT order_id || ': ' || amount || ' of ' || coalesce(total, 0) || ' refunded in parts, ' || to_card || ' to a card that paid '
             || coalesce(total - credit_part, 0) AS id
      FROM part_sum LEFT JOIN orders ON orders.id = order_id WHERE amount > coalesce(total, 0) OR to_card > coalesce(total - credit_part, 0)
      UNION ALL
      SELECT order_id || ' ' || sku || ': ' || units || ' of ' || coalesce(quantity, 0) || ' refunded'
      FROM part_line LEFT JOIN order_lines USING (order_id, sku) WHERE units > coalesce(quantity, 0)
      ORDER BY 1`,
    },
  ),
  inSql(
    "part-refunds-carried-out",
    "each refund of a part was carried out with its amount, and is on the account where it is credit",
    {
      population: REFUNDS,
      offenders: sql`
      WITH ${PARTS}, credited AS (SELECT data ->> 'refundId' AS refund_id, (data ->> 'amount')::int AS credit FROM events WHERE type = 'RefundCredited')
      SELECT coalesce(part.refund_id, credited.refund_id) || ': ' || coalesce(target || ' ' || amount, 'nobody asked for it') || ', done '
             || coalesce(done ->> 'amount', 'not') || ', credited ' || coalesce(credit::text, 'nothing') AS id
      FROM part FULL JOIN credited USING (refund_id)
      WHERE (done ->> 'amount')::int IS DISTINCT FROM amount OR credit IS DISTINCT FROM nullif(to_credit, 0)
      ORDER BY 1`,
    },
  ),
];
