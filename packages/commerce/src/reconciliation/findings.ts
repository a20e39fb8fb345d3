/** Differences that were found: one row for each kind and charge, however often it is found. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { Difference, FindingKind } from "./judge.ts";

export const FINDING_STATUSES = ["open", "repaired", "attention", "accepted"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export interface Recorded {
  readonly status: FindingStatus;
  /** New, back after it was over, or of another status than before. */
  readonly isNews: boolean;
}

/** A difference that a person accepted stays accepted while it is about the same money. */
const STILL_ACCEPTED = sql`
  (finding.status = 'accepted' AND EXCLUDED.status <> 'repaired' AND (finding.amount, finding.currency) = (EXCLUDED.amount, EXCLUDED.currency))`;

/**
 * Writes down what was found and what became of it. A repair resolves it; a difference that comes back is a new one.
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
    WITH before AS (
      SELECT status FROM reconciliation_findings
      WHERE kind = ${kind} AND subject = ${chargeId} AND (resolved_at IS NULL OR status = 'accepted')
    )
    INSERT INTO reconciliation_findings AS finding (kind, subject, order_id, charge_id, amount, currency, status, detail, resolved_at)
    VALUES (${kind}, ${chargeId}, ${orderId}, ${chargeId}, ${amount}::bigint, ${currency}, ${waits ? "open" : status}, ${detail},
            CASE WHEN ${status} = 'repaired' THEN now() END)
    ON CONFLICT (kind, subject) DO UPDATE SET
      status = CASE WHEN ${STILL_ACCEPTED} THEN 'accepted'
                    WHEN ${waits} AND finding.resolved_at IS NULL
                     AND finding.first_seen <= now() - ${attentionAfterMs} * interval '1 ms'
                    THEN 'attention' ELSE EXCLUDED.status END,
      detail = EXCLUDED.detail, amount = EXCLUDED.amount, last_seen = now(),
      resolved_at = CASE WHEN ${STILL_ACCEPTED} THEN finding.resolved_at ELSE EXCLUDED.resolved_at END,
      accepted_by = CASE WHEN ${STILL_ACCEPTED} THEN finding.accepted_by END,
      accepted_reason = CASE WHEN ${STILL_ACCEPTED} THEN finding.accepted_reason END,
      first_seen = CASE WHEN NOT ${STILL_ACCEPTED} AND finding.resolved_at IS NOT NULL AND ${status} <> 'repaired' THEN now() ELSE finding.first_seen END
    RETURNING status, (SELECT before.status FROM before) IS DISTINCT FROM finding.status AS "isNews"`);
  return rows[0] ?? { status, isNews: true };
}

/** Whether a finding about this charge is open. */
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

export interface Acceptance {
  readonly findingId: number;
  readonly actor: string;
  readonly reason: string;
}

/** A person accepts the difference as it is: it stays closed unless the amount changes. Undefined when it is not open. */
export async function acceptWaiting(
  db: SqlExecutor,
  { findingId, actor, reason }: Acceptance,
): Promise<{ readonly orderId: string | null } | undefined> {
  const rows = await db.query<{ orderId: string | null }>(sql`
    UPDATE reconciliation_findings
    SET status = 'accepted', resolved_at = now(), accepted_by = ${actor}, accepted_reason = ${reason}
    WHERE id = ${findingId} AND status = 'attention' AND resolved_at IS NULL RETURNING order_id AS "orderId"`);
  return rows[0];
}

/** The status of the difference; undefined for an unknown id. */
export async function findingState(db: SqlExecutor, findingId: number): Promise<object | undefined> {
  const rows = await db.query<object>(sql`
    SELECT kind, order_id AS "orderId", charge_id AS "chargeId", amount, currency, status
    FROM reconciliation_findings WHERE id = ${findingId}`);
  return rows[0];
}

/** The kinds of what still waits for a person about this order. */
export async function waitingKinds(db: SqlExecutor, orderId: string): Promise<FindingKind[]> {
  const rows = await db.query<{ kind: FindingKind }>(sql`
    SELECT DISTINCT kind FROM reconciliation_findings
    WHERE order_id = ${orderId} AND status = 'attention' AND resolved_at IS NULL`);
  return rows.map(({ kind }) => kind);
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
  /** When it was repaired, accepted, or found to be over. */
  readonly resolvedAt: Date | null;
  /** Who took it as it is, and why; null unless it is `accepted`. */
  readonly acceptedBy: string | null;
  readonly acceptedReason: string | null;
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
           first_seen AS "firstSeen", last_seen AS "lastSeen", resolved_at AS "resolvedAt",
           accepted_by AS "acceptedBy", accepted_reason AS "acceptedReason"
    FROM reconciliation_findings
    WHERE ${where.kind} AND ${where.status} AND ${where.order} AND ${where.before}
    ORDER BY reconciliation_findings.id DESC LIMIT ${query.limit}`);
}
