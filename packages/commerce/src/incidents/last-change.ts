/** What a person changed last before something went wrong. */
import type { Alert } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { nameOfCustomer } from "../order/index.ts";

export interface LastChange {
  readonly at: string;
  /** The person's name; the actor where there is none. */
  readonly who: string;
  readonly action: string;
  readonly subject: string;
  /** As people call it: an order by its number, a customer by name; null for what has no other name. */
  readonly subjectName: string | null;
  readonly reason: string;
}

/** What was done to the very thing may be a moment later than its alert: another process' clock gave the time. */
const CLOCK_SECONDS = 10;

/** A change of the very thing, in the day before; else any in the hour before. Undefined where there was none. */
export async function lastChangeBefore(
  db: SqlExecutor,
  { subject, pendingAt }: Pick<Alert, "subject" | "pendingAt">,
): Promise<LastChange | undefined> {
  const rows = await db.query<Omit<LastChange, "at"> & { at: Date }>(sql`
    SELECT at, coalesce(login.name, actor) AS who, action, subject, reason,
           coalesce((SELECT 'order ' || number FROM orders WHERE id = split_part(subject, ':', -1)),
                    ${nameOfCustomer(sql`audit.subject`)}) AS "subjectName"
    FROM audit LEFT JOIN auth_users login ON login.id = substring(audit.actor FROM '^user:(.*)$')
    WHERE at <= ${pendingAt}::timestamptz + CASE WHEN subject = ${subject} THEN ${CLOCK_SECONDS} ELSE 0 END * interval '1 second'
      AND action NOT LIKE 'alerts.%'
      AND at >= ${pendingAt}::timestamptz - CASE WHEN subject = ${subject} THEN interval '1 day' ELSE interval '1 hour' END
    ORDER BY subject = ${subject} DESC, audit.id DESC LIMIT 1`);
  const [row] = rows;
  return row && { ...row, at: row.at.toISOString() };
}
