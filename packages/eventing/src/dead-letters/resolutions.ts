/**
 * How operators resolved dead letters of one subscription, for when the history is read again: a discarded event is left
 * out, and of an edited one the copy counts.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import type { LoggedEvent } from "../store/read.ts";

/** A dead letter that a reader of the history must heed; never pruned for a projection. */
export const HAS_RESOLUTION = sql`(status = 'discarded' OR edited_data IS NOT NULL)`;

export interface Edit {
  /** Null when nothing was edited. */
  readonly data: unknown;
  /** Null when it is not known, and so taken for the latest. */
  readonly schemaVersion: number | null;
}

/** The event with the data of an edited copy, where there is one. */
export function withEdit(event: LoggedEvent, { data, schemaVersion }: Edit, catalogue: EventCatalogue): LoggedEvent {
  const definition = catalogue.definitions.get(event.type);
  if (data === null || definition === undefined) return event;
  return { ...event, data, schemaVersion: schemaVersion ?? definition.latestVersion };
}

/** A stretch of the log as the subscription is to see it, after what operators discarded and edited. */
export async function withResolutions(
  tx: SqlExecutor,
  consumer: string,
  catalogue: EventCatalogue,
  events: readonly LoggedEvent[],
): Promise<readonly LoggedEvent[]> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return events;
  const rows = await tx.query<Edit & { readonly eventId: string; readonly discarded: boolean }>(sql`
    SELECT event_id AS "eventId", status = 'discarded' AS discarded, edited_data AS data, edited_version AS "schemaVersion"
    FROM dead_letters WHERE consumer = ${consumer} AND position BETWEEN ${first.position} AND ${last.position} AND ${HAS_RESOLUTION}`);
  const resolutions = new Map(rows.map((row) => [row.eventId, row]));
  return events.flatMap((event) => {
    const resolution = resolutions.get(event.eventId);
    if (resolution === undefined) return [event];
    return resolution.discarded ? [] : [withEdit(event, resolution, catalogue)];
  });
}
