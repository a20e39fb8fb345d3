/** When things happened to orders, also while the relay publishes nothing: what waits in the outbox has happened too. */
import type { AnyEventDefinition } from "@tillstream/eventing";
import { join, sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

type Named = Pick<AnyEventDefinition, "type">;

/** Of these types and not in the log yet: rows of `type` and `at`. */
export const unpublished = (types: readonly Named[]): Sql => sql`
  SELECT event_type AS type, created_at AS at FROM outbox_events outbox
  WHERE NOT published AND event_type IN (${join(types.map(({ type }) => type))})
    AND (SELECT true FROM event_log log WHERE log.event_id = outbox.event_id) IS NULL`;

/** A query of one instant: the last event of the type; null where there is none. */
export const lastRecorded = (definition: Named): Sql => sql`
  SELECT greatest(
    (SELECT recorded_at FROM event_log WHERE type = ${definition.type} ORDER BY position DESC LIMIT 1),
    (SELECT max(at) FROM (${unpublished([definition])}) waiting))`;
