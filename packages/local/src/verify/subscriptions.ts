/** Projections and consumers: whatever lies behind a checkpoint was processed, or is a dead letter that says so. */
import { createSimulatedGateway, localInbox, modules, simulatedCarrier } from "@tillstream/commerce";
import { catalogueOf, sagaStarter } from "@tillstream/eventing";
import type { Subscription } from "@tillstream/eventing";
import { join, sql } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { inSql } from "./invariant.ts";

/** Only names and event types are asked for here: nothing is ever carried out. */
const never: Database = {
  query: () => Promise.reject(new Error("a description has no database")),
  transaction: () => Promise.reject(new Error("a description has no database")),
};
const ports = {
  db: never,
  gateway: createSimulatedGateway("http://127.0.0.1:9"),
  mailer: localInbox,
  carrier: simulatedCarrier,
  shippingDelayMs: 0,
  snapshotEveryAccount: 1,
};

/** All subscriptions of this deployment. */
const subscriptions: readonly Subscription[] = modules.flatMap((module) => [
  ...module.projections,
  ...module.consumers(ports),
  ...module.sagas(ports).map(sagaStarter),
]);

/** One row for each event type that a subscription reads. */
const handled: readonly Sql[] = subscriptions.flatMap((subscription) =>
  [...catalogueOf(subscription).definitions.keys()].map((type) => sql`(${subscription.name}, ${type})`),
);

const DUE = sql`
  handled(consumer, type) AS (VALUES ${join(handled)}),
  checkpoint(consumer, position) AS (
    SELECT projection, position FROM projection_checkpoints UNION ALL SELECT consumer, position FROM consumer_checkpoints
  ), due AS (
    SELECT consumer, log.event_id FROM handled JOIN checkpoint USING (consumer)
    JOIN event_log log ON log.type = handled.type AND log.position <= checkpoint.position
  )`;

export const subscriptionInvariants = [
  inSql("inboxes-complete", "each subscription processed every event of its types up to its checkpoint", {
    population: sql`WITH ${DUE} SELECT count(*)::int AS checked FROM due`,
    offenders: sql`
      WITH ${DUE}
      SELECT consumer || ' ' || event_id || ': passed by' AS id
      FROM due LEFT JOIN processed_events done USING (consumer, event_id)
      WHERE done.event_id IS NULL
        AND NOT EXISTS (SELECT FROM dead_letters letter WHERE letter.consumer = due.consumer AND letter.event_id = due.event_id)
      ORDER BY 1`,
  }),
];
