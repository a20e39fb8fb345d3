/**
 * Which charges are worth a second look, in SQL: a coarse sieve over what was read lately, what changed lately and what
 * was found before. It may name too many; each is judged by itself afterwards, on a fresh look at the gateway.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { PaidOrder } from "./judge.ts";

/** The rest is looked at by the next run. */
const SUSPECTS_MAX = 1_000;

/** Of the order's parts that were paid back by themselves; none for a charge that is not its payment. */
const partsOf = (amount: Sql, which: Sql): Sql => sql`
  (SELECT coalesce(sum(${amount}), 0) FROM jsonb_array_elements(o.refunds) AS part WHERE o.charge_id = c.charge_id AND ${which})`;
const creditPart = sql`coalesce((part ->> 'creditPart')::int, 0)`;
const toCard = sql`(part ->> 'amount')::int - ${creditPart}`;
const toCredit = sql`CASE part ->> 'to' WHEN 'credit' THEN (part ->> 'amount')::int ELSE ${creditPart} END`;
const done = partsOf(toCard, sql`part ->> 'to' = 'card' AND part ->> 'status' = 'completed'`);
const underWay = partsOf(toCard, sql`part ->> 'to' = 'card' AND part ->> 'status' = 'requested'`);
/** Beyond what credit had paid. */
const credited = sql`greatest(0, ${partsOf(toCredit, sql`true`)} - o.credit_part)`;

export interface Suspect {
  readonly chargeId: string;
  readonly orderId: string;
  /** The order is in our books. */
  readonly isKnown: boolean;
}

export async function findSuspects(db: SqlExecutor, since: Date): Promise<Suspect[]> {
  return db.query<Suspect>(sql`
    WITH looked_at AS (
      SELECT charge_id FROM gateway_captures WHERE captured_at >= ${since}
      UNION SELECT c.charge_id FROM orders o JOIN gateway_captures c ON c.order_id = o.id WHERE o.updated_at >= ${since}
      UNION SELECT c.charge_id FROM sagas s JOIN gateway_captures c ON c.order_id = s.subject
            WHERE s.name = 'checkout' AND s.status = 'compensation_failed'
    ), suspect AS (
      SELECT c.charge_id, c.order_id, c.captured_at AS at
      FROM looked_at JOIN gateway_captures c USING (charge_id) LEFT JOIN orders o ON o.id = c.order_id
      WHERE CASE WHEN o.charge_id = c.charge_id AND o.payment_status = 'captured' AND o.status NOT IN ('pending', 'cancelled')
                 THEN (c.amount, c.currency) <> (o.total - o.credit_part, o.currency) OR c.refunded NOT BETWEEN ${done} AND ${done} + ${underWay}
                 ELSE c.refunded < c.amount - ${underWay} - ${credited} OR coalesce(o.charge_id, c.charge_id) = c.charge_id AND o.payment_status <> 'refunded' END
      UNION SELECT o.charge_id, o.id, o.updated_at
      FROM orders o
      WHERE o.payment_method = 'card' AND o.charge_id IS NOT NULL AND o.updated_at >= ${since}
        AND o.payment_status = 'captured' AND o.status NOT IN ('pending', 'cancelled')
        AND NOT EXISTS (SELECT FROM gateway_captures c WHERE c.charge_id = o.charge_id)
      UNION SELECT charge_id, coalesce(order_id, ''), first_seen
      FROM reconciliation_findings WHERE resolved_at IS NULL AND charge_id IS NOT NULL
    )
    SELECT charge_id AS "chargeId", min(order_id) AS "orderId",
           EXISTS (SELECT FROM orders WHERE id = min(suspect.order_id)) AS "isKnown"
    FROM suspect GROUP BY charge_id ORDER BY min(at) LIMIT ${SUSPECTS_MAX}`);
}

/** The order with all that judging its money needs; undefined when there is none. */
export async function loadPaidOrder(db: SqlExecutor, orderId: string): Promise<PaidOrder | undefined> {
  const rows = await db.query<PaidOrder>(sql`
    SELECT o.id AS "orderId", o.status, o.total, o.credit_part AS "creditPart", o.currency, o.payment_status AS "paymentStatus", o.charge_id AS "chargeId", o.refunds,
           (run.started IS NULL AND o.status = 'pending') OR coalesce(run.is_live, false) AS "isLive",
           greatest(o.placed_at, run.started) AS "startedAt", run.correlation_id AS "correlationId"
    FROM orders o LEFT JOIN LATERAL (
      SELECT max(created_at) AS started, bool_or(status IN ('running', 'compensating')) AS is_live, min(correlation_id) AS correlation_id
      FROM sagas WHERE subject = o.id
    ) run ON true
    WHERE o.id = ${orderId}`);
  return rows[0];
}
