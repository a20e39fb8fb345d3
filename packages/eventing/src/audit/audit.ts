/**
 * What people changed, by whom, why, from what to what: one row in the transaction of the change, so that no change is
 * without its row and no row without its change. Rows are final, so no personal data of customers goes into them.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";

/** What is longer is kept by its beginning: in characters of JSON. */
const STATE_LENGTH_MAX = 10_000;
const SUBJECT_LENGTH_MAX = 400;
const REASON_LENGTH_MAX = 1_000;

/** Who changes what, and why. */
export interface PersonsChange {
  /** Such as `user:<id>`. */
  readonly actor: string;
  /** The procedure, such as `projections.rebuild`. */
  readonly action: string;
  /** What is changed, by its name or id. */
  readonly subject: string;
  readonly reason: string;
  readonly correlationId: string;
}

export interface AuditEntry extends PersonsChange {
  /** JSON; undefined or null where nothing was there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Writes the row; `tx` is the transaction of the change. */
export async function recordAudit(tx: SqlExecutor, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, reason, before, after, correlationId } = entry;
  await tx.query(sql`
    INSERT INTO audit (actor, action, subject, reason, before, after, correlation_id)
    VALUES (${actor}, ${action}, ${subject.slice(0, SUBJECT_LENGTH_MAX)}, ${reason.slice(0, REASON_LENGTH_MAX)},
            ${bounded(before)}::jsonb, ${bounded(after)}::jsonb, ${correlationId})`);
}

function bounded(state: unknown): string | null {
  const text = JSON.stringify(state ?? null);
  if (text === "null") return null;
  if (text.length <= STATE_LENGTH_MAX) return text;
  return JSON.stringify({ tooLong: text.length, beginning: text.slice(0, STATE_LENGTH_MAX).toWellFormed() });
}

/** A change that is written down with who made it and why, and the state before and after. */
export interface AuditedWork<Answer> {
  /** The subject as people look at it, before and after. */
  state(tx: SqlExecutor): Promise<unknown>;
  /** What it does on `db` is part of the transaction, and so undone with it when it refuses. */
  work(db: Database): Promise<Answer>;
}

/**
 * Carries out a person's change with its row. People who change one subject wait for each other, so that each begins where
 * the one before ended.
 */
export async function withAudit<Answer>(
  tx: SqlExecutor,
  change: PersonsChange,
  { state, work }: AuditedWork<Answer>,
): Promise<Answer> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`audit:${change.subject}`}, 0))::text`);
  const before = await state(tx);
  const answer = await work({ query: (statement) => tx.query(statement), transaction: (part) => part(tx) });
  await recordAudit(tx, { ...change, before, after: await state(tx) });
  return answer;
}
