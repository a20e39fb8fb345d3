/** The whole story of one correlation, as the history has it: commands, events, who took them in, steps of sagas, what people changed. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

/** One thing that happened. */
export interface FlowEntry {
  /** Of no other entry of its flow. */
  readonly id: string;
  readonly at: string;
  /** Null for what is over at once, and for what is not over. */
  readonly finishedAt: string | null;
  readonly kind: "command" | "event" | "consumed" | "step" | "compensation" | "call" | "mail" | "person";
  /** Who did it: "order", "mail", "checkout saga". */
  readonly lane: string;
  readonly title: string;
  readonly detail: string | null;
  readonly status: "done" | "running" | "waiting" | "failed";
  /** The console's page of it. */
  readonly href: string | null;
  /** The entry that it follows from; null where that is none of this flow. */
  readonly causedBy: string | null;
}

export interface HistoryFlow {
  readonly entries: readonly FlowEntry[];
  /** What its runs are about. */
  readonly subjects: readonly string[];
  /** There is more than is shown. */
  readonly truncated: boolean;
}

interface FlowRow extends Omit<FlowEntry, "at" | "finishedAt"> {
  readonly at: Date;
  readonly finishedAt: Date | null;
}

const ENTRIES_MAX = 500;
const STEP_STATUS = sql`
  CASE WHEN step.status = 'completed' THEN 'done' WHEN step.status = 'running' THEN 'running' WHEN step.status = 'pending' THEN 'waiting' ELSE 'failed' END`;
const page = (path: string, id: string) => `${path}${encodeURIComponent(id)}`;

/** In the order in which it happened; each part is answered by an index. */
export async function readHistoryFlow(db: SqlExecutor, correlationId: string): Promise<HistoryFlow> {
  const subjects = await db.query<{ subject: string }>(sql`
    SELECT DISTINCT subject FROM sagas WHERE correlation_id = ${correlationId}`);
  const about = subjects.map(({ subject }) => subject);
  const rows = await db.query<FlowRow>(sql`
    WITH event AS (
      SELECT event_id, stream_id, stream_type, type, version, recorded_at, metadata ->> 'causationId' AS cause, metadata ->> 'actor' AS actor, metadata ->> 'command' AS command
      FROM events WHERE metadata ->> 'correlationId' = ${correlationId} ORDER BY recorded_at, stream_id, version LIMIT ${ENTRIES_MAX}
    ), run AS (SELECT saga_id, name FROM sagas WHERE correlation_id = ${correlationId})
    SELECT cause AS id, min(recorded_at) AS at, NULL::timestamptz AS "finishedAt", 'command' AS kind, 'commands' AS lane,
           coalesce(split_part(min(command), '.', -1), 'Command') AS title,
           concat_ws(' ', min(command), 'by', coalesce((SELECT name FROM auth_users WHERE id = substring(min(actor) FROM '^user:(.*)$')), min(actor))) AS detail, 'done' AS status, NULL AS href, NULL AS "causedBy", 0 AS rank, 0 AS version
    FROM event WHERE starts_with(cause, 'command:') GROUP BY cause
    UNION ALL
    SELECT event_id, recorded_at, NULL, 'event', stream_type, type, NULL, 'done', event_id, cause, 2, version FROM event
    UNION ALL
    SELECT consumer || '/' || event_id, processed_at, NULL, 'consumed', consumer, 'took in ' || event.type, NULL, 'done', event_id, event_id, 3, version
    FROM event JOIN processed_events USING (event_id)
    UNION ALL
    SELECT consumer || '/' || event_id, last_failed_at, NULL, 'consumed', consumer, 'could not take in ' || event.type, left(split_part(error, E'\n', 1), 200),
           CASE status WHEN 'waiting' THEN 'waiting' ELSE 'failed' END, letter.id::text, event_id, 3, version
    FROM event JOIN dead_letters letter USING (event_id) WHERE status IN ('retrying', 'parked', 'waiting')
    UNION ALL
    SELECT run.saga_id || ':' || step.step || ':' || step.kind, step.started_at, step.finished_at, CASE step.kind WHEN 'action' THEN 'step' ELSE 'compensation' END,
           run.name || '-saga', CASE step.kind WHEN 'action' THEN step.step ELSE 'undoes ' || step.step END,
           coalesce(step.error ->> 'message', CASE WHEN step.attempt > 1 THEN step.attempt || ' attempts' END), ${STEP_STATUS}, run.saga_id, NULL, 1, step.ordinal
    FROM run JOIN saga_steps step USING (saga_id) WHERE step.started_at IS NOT NULL AND NOT step.done_before AND step.done_by IS NULL
    UNION ALL
    SELECT 'audit:' || audit.id, audit.at, NULL, 'person', 'people', action, coalesce(login.name, audit.actor) || ': ' || reason, 'done', subject, NULL, 0, 1
    FROM audit LEFT JOIN auth_users login ON login.id = substring(audit.actor FROM '^user:(.*)$')
    WHERE subject = ANY(${about}::text[] || ARRAY(SELECT DISTINCT stream_id FROM event))
    ORDER BY at, rank, version LIMIT ${ENTRIES_MAX + 1}`);
  const known = new Set(rows.map(({ id }) => id));
  return {
    entries: rows.slice(0, ENTRIES_MAX).map(({ at, finishedAt, causedBy, ...row }) => ({
      ...row,
      at: at.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      href: row.href === null ? null : hrefOf(row, row.href),
      causedBy: causedBy !== null && known.has(causedBy) ? causedBy : null,
    })),
    subjects: about,
    truncated: rows.length > ENTRIES_MAX,
  };
}

function hrefOf({ kind, status }: Pick<FlowRow, "kind" | "status">, id: string): string {
  if (kind === "step" || kind === "compensation") return page("/sagas/", id);
  if (kind === "person") return page("/audit?subject=", id);
  return kind === "consumed" && status !== "done" ? page("/dead-letters/", id) : page("/events/", id);
}
