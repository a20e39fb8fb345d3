/** A confirmation is told once: no shopper waits for it, none gets it twice, none gets it for nothing. */
import { sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

export const mailInvariants = [
  inSql("confirmation-mails", "exactly one confirmation was mailed for each confirmed order, and none for another", {
    population: sql`SELECT count(*)::int AS checked FROM events WHERE type = 'OrderConfirmed'`,
    offenders: sql`
      WITH mailed AS (
        SELECT order_id, count(*)::int AS mails FROM mail_messages WHERE dedupe_key LIKE 'confirmation:%' GROUP BY order_id
      ), confirmed AS (SELECT data ->> 'orderId' AS order_id FROM events WHERE type = 'OrderConfirmed')
      SELECT coalesce(confirmed.order_id, mailed.order_id, 'no order') || ': ' || coalesce(mailed.mails, 0)
             || ' confirmation mails' || CASE WHEN confirmed.order_id IS NULL THEN ', not confirmed' ELSE '' END AS id
      FROM confirmed FULL JOIN mailed USING (order_id)
      WHERE confirmed.order_id IS NULL OR coalesce(mailed.mails, 0) <> 1 ORDER BY 1`,
  }),
];
