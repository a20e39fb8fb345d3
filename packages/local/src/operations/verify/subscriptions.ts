/**
 * Consumers: every event behind a checkpoint was processed, or is a dead letter that says so, within the retention of the
 * inboxes. (A projection's rows and
 * checkpoint commit together; the other invariants hold its rows against the history.)
 */
import { describeDeployment } from "@tillstream/commerce";
import { catalogueOf } from "@tillstream/eventing";
import { kernelSettings } from "@tillstream/eventing/settings";
import { join, readEnv, sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

/** One row for each event type that a consumer reads. */
const handled: readonly Sql[] = describeDeployment().consumers.flatMap((consumer) =>
  [...catalogueOf(consumer).definitions.keys()].map((type) => sql`(${consumer.name}, ${type})`),
);

/** Inbox rows of older events may be pruned already. */
const { INBOX_RETENTION_SECONDS } = readEnv(kernelSettings);

const DUE = sql`
  handled(consumer, type) AS (VALUES ${join(handled)}),
  checkpoint(consumer, position) AS (SELECT consumer, min(position) FROM consumer_checkpoints GROUP BY consumer), due AS (
    SELECT consumer, log.event_id FROM handled JOIN checkpoint USING (consumer)
    JOIN event_log log ON log.type = handled.type AND log.position <= checkpoint.position
      AND log.recorded_at > now() - ${INBOX_RETENTION_SECONDS} * interval '1 second'
  )`;

export const subscriptionInvariants = [
  inSql(
    "inboxes-complete",
    "each consumer processed every event of its types up to its checkpoint, as far back as inboxes are kept",
    {
      population: sql`WITH ${DUE} SELECT count(*)::int AS checked FROM due`,
      offenders: sql`
      WITH ${DUE}
      SELECT consumer || ' ' || event_id || ': passed by' AS id
      FROM due LEFT JOIN processed_events done USING (consumer, event_id)
      WHERE done.event_id IS NULL
        AND NOT EXISTS (SELECT FROM dead_letters letter WHERE letter.consumer = due.consumer AND letter.event_id = due.event_id)
      ORDER BY 1`,
    },
  ),
];
