/** Differences that were found, one row for each kind and charge, whoever finds them how often. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Difference, FindingKind } from "./judge.ts";

export const FINDING_STATUSES = ["open", "repaired", "attention"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export interface Recorded {
  readonly status: FindingStatus;
  /** New, or of another status than before. */
  readonly isNews: boolean;
}

/**
 * Writes down what was found and what became of it. A repair resolves it; a difference that comes back begins anew.
 * @param attentionAfterMs a difference for a person stays `open` until it has stood for so long: it may be of the moment
 */
export async function recordFinding(
  db: SqlExecutor,
  difference: Difference,
  status: FindingStatus,
  detail: string,
  attentionAfterMs = 0,
): Promise<Recorded> {
  const { kind, orderId, chargeId, amount, currency } = difference;
  const waits = status === "attention" && attentionAfterMs > 0;
  const rows = await db.query<Recorded>(sql`
    WITH before AS (SELECT status FROM reconciliation_findings WHERE kind = ${kind} AND subject = ${chargeId})
    INSERT INTO reconciliation_findings AS finding (kind, subject, order_id, charge_id, amount, currency, status, detail, resolved_at)
    VALUES (${kind}, ${chargeId}, ${orderId}, ${chargeId}, ${amount}::bigint, ${currency}, ${waits ? "open" : status}, ${detail},
            CASE WHEN ${status} = 'repaired' THEN now() END)
    ON CONFLICT (kind, subject) DO UPDATE SET
      status = CASE WHEN ${waits} AND finding.resolved_at IS NULL
                     AND finding.first_seen <= now() - ${attentionAfterMs} * interval '1 ms'
                    THEN 'attention' ELSE EXCLUDED.status END,
      detail = EXCLUDED.detail, amount = EXCLUDED.amount, last_seen = now(), resolved_at = EXCLUDED.resolved_at,
      first_seen = CASE WHEN finding.resolved_at IS NOT NULL AND ${status} <> 'repaired' THEN now() ELSE finding.first_seen END
    RETURNING status, (SELECT before.status FROM before) IS DISTINCT FROM finding.status AS "isNews"`);
  return rows[0] ?? { status, isNews: true };
}

/** Whether something stands that was found about this charge. */
export async function hasFindings(db: SqlExecutor, chargeId: string): Promise<boolean> {
  const rows = await db.query(sql`
    SELECT FROM reconciliation_findings WHERE charge_id = ${chargeId} AND resolved_at IS NULL LIMIT 1`);
  return rows.length > 0;
}

/** Books and order agree about this charge again: what was found about it is over. */
export async function resolveFindings(db: SqlExecutor, chargeId: string): Promise<void> {
  await db.query(sql`
    UPDATE reconciliation_findings SET resolved_at = now() WHERE charge_id = ${chargeId} AND resolved_at IS NULL`);
}

export interface Finding {
  readonly id: string;
  readonly kind: FindingKind;
  readonly orderId: string | null;
  readonly chargeId: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: FindingStatus;
  readonly detail: string;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly resolvedAt: Date | null;
}

export interface FindingsQuery {
  readonly kind?: FindingKind | undefined;
  readonly status?: FindingStatus | undefined;
  readonly orderId?: string | undefined;
  /** The id of the last finding of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listFindings(db: SqlExecutor, query: FindingsQuery): Promise<Finding[]> {
  const where = {
    kind: query.kind === undefined ? sql`true` : sql`kind = ${query.kind}`,
    status: query.status === undefined ? sql`true` : sql`status = ${query.status}`,
    order: query.orderId === undefined ? sql`true` : sql`order_id = ${query.orderId}`,
    before: query.before === undefined ? sql`true` : sql`reconciliation_findings.id < ${query.before}`,
  };
  return db.query<Finding>(sql`
    SELECT id::text, kind, order_id AS "orderId", charge_id AS "chargeId", amount, currency, status, detail,
           first_seen AS "firstSeen", last_seen AS "lastSeen", resolved_at AS "resolvedAt"
    FROM reconciliation_findings
    WHERE ${where.kind} AND ${where.status} AND ${where.order} AND ${where.before}
    ORDER BY reconciliation_findings.id DESC LIMIT ${query.limit}`);
}
