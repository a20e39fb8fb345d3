/** A confirmation is told once: no shopper waits for it, none gets it twice, none gets it for nothing. */
import { privacySettings } from "@tillstream/commerce/settings";
import { readEnv, sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

const { MAIL_RETENTION_DAYS } = readEnv(privacySettings);
/** Mails that are about to be forgotten may be gone. */
const KEPT_DAYS = MAIL_RETENTION_DAYS - 1;

export const mailInvariants = [
  inSql("confirmation-mails", "exactly one confirmation was mailed for each confirmed order, and none for another", {
    population: sql`SELECT count(*)::int AS checked FROM events WHERE type = 'OrderConfirmed'`,
    offenders: sql`
      WITH mailed AS (
        SELECT order_id, count(*)::int AS mails FROM mail_messages WHERE dedupe_key LIKE 'confirmation:%' GROUP BY order_id
      ), confirmed AS (
        SELECT data ->> 'orderId' AS order_id,
          recorded_at < now() - ${KEPT_DAYS} * interval '1 day'
            OR NOT EXISTS (SELECT FROM orders WHERE id = data ->> 'orderId' AND email IS NOT NULL AND erasure IS NULL) AS forgotten
        FROM events WHERE type = 'OrderConfirmed'
      )
      SELECT coalesce(confirmed.order_id, mailed.order_id, 'no order') || ': ' || coalesce(mailed.mails, 0)
             || ' confirmation mails' || CASE WHEN confirmed.order_id IS NULL THEN ', not confirmed' ELSE '' END AS id
      FROM confirmed FULL JOIN mailed USING (order_id)
      WHERE confirmed.order_id IS NULL OR mailed.mails > 1 OR (mailed.mails IS NULL AND NOT confirmed.forgotten) ORDER BY 1`,
  }),
];
