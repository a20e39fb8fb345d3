/** Whether anything has changed that an operator looks at, asked so cheaply that it can be asked every second. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/**
 * Another text whenever events were appended, relayed or delivered, an alert changed, a dead letter came, or a person acted. What
 * moves by time alone, such as a lag that grows, is not told.
 */
export async function readPulse(db: SqlExecutor): Promise<string> {
  const [row] = await db.query<{ pulse: string }>(sql`
    SELECT concat_ws(' ',
      (SELECT max(id) FROM outbox_events), (SELECT position FROM event_log_head),
      (SELECT string_agg(position || status, ' ' ORDER BY projection) FROM projection_checkpoints),
      (SELECT string_agg(position || status, ' ' ORDER BY consumer, lane) FROM consumer_checkpoints),
      (SELECT string_agg(id || status || coalesce(acknowledged_by, ''), ' ' ORDER BY id) FROM alerts WHERE status <> 'resolved'),
      (SELECT max(id) FROM dead_letters), (SELECT max(id) FROM dead_letter_actions), (SELECT max(id) FROM saga_actions),
      (SELECT max(id) FROM audit)) AS pulse`);
  return row?.pulse ?? "";
}
