/**
 * A projection's dead letters in the merge of its rebuild. The shadow has them, the live tables do not: each piece resolves those
 * that the shadow has passed, and takes along the rows that they change, wherever these are.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { OPEN } from "../dead-letters/block.ts";
import { withResolutions } from "../dead-letters/resolutions.ts";
import { endRetriesOf } from "../dead-letters/retries.ts";
import type { EventCatalogue } from "../event/catalogue.ts";
import { toStoredEvent } from "../store/read.ts";
import type { EventRow, LoggedEvent } from "../store/read.ts";
import type { Projection } from "../subscription/projection.ts";

/** Positions of the global order. */
interface Stretch {
  /** This one excluded. */
  readonly from: number;
  readonly to: number;
}

/** All open ones up to the end of the stretch, and those in it that were released meanwhile, later than their place in the order. */
export async function lettersOf(tx: SqlExecutor, name: string, { from, to }: Stretch): Promise<LoggedEvent[]> {
  const rows = await tx.query<EventRow & { readonly position: number }>(sql`
    SELECT letter.position, event.* FROM dead_letters letter JOIN events event USING (event_id)
    WHERE letter.consumer = ${name} AND letter.position <= ${to} AND (letter.${OPEN} OR letter.position > ${from}) ORDER BY letter.position`);
  return rows.map((row) => ({ ...toStoredEvent(row), position: row.position }));
}

/** Of the rows that they change. */
export async function leadingKeysOf(
  tx: SqlExecutor,
  projection: Projection,
  catalogue: EventCatalogue,
  letters: readonly LoggedEvent[],
): Promise<string[]> {
  const resolved = await withResolutions(tx, projection.name, catalogue, letters);
  const events = resolved.flatMap((letter) => catalogue.read(letter) ?? []);
  return [...new Set(events.map((event) => projection.leadingKey(projection.key(event as never))))]; // of the projection's own catalogue
}

/** Dead letters up to here have just been applied from history. */
export async function resolveLetters(tx: SqlExecutor, name: string, position: number): Promise<void> {
  const resolved = await tx.query<{ id: number }>(sql`
    WITH open AS (
      SELECT id FROM dead_letters WHERE consumer = ${name} AND position <= ${position} AND ${OPEN} ORDER BY position, id FOR UPDATE
    )
    UPDATE dead_letters letter SET status = 'resolved', next_attempt_at = NULL, retry_id = NULL, finished_at = now()
    FROM open WHERE letter.id = open.id RETURNING letter.id`);
  const letterIds = resolved.map(({ id }) => id);
  if (letterIds.length > 0) await endRetriesOf(tx, letterIds, { outcome: "delivered" });
}
