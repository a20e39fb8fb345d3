/**
 * What a person decides about one held event: to give it up, or to deliver an edited copy. Each leaves a trace in
 * `dead_letter_actions`.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import { ACTED_MEANWHILE, refuse } from "../event/refusal.ts";
import type { Refusal } from "../event/refusal.ts";
import { lockRunningRebuild, restartRebuild } from "./running-rebuild.ts";
import { IS_HEAD, OPEN } from "./hold.ts";
import { streamLock } from "./locks.ts";
import { actedOnLetter, endRetriesOf } from "./retries.ts";
import type { Actor } from "./retries.ts";

/** Gives a held event up for this subscription; what waited behind it follows. */
export function discardLetter(
  db: Database,
  id: number,
  { actor, reason, seenActions }: Actor,
): Promise<Refusal | undefined> {
  return changeLetter(db, id, seenActions, async (tx, letter) => {
    await tx.query(sql`
      UPDATE dead_letters SET status = 'discarded', next_attempt_at = NULL, retry_id = NULL, finished_at = now() WHERE id = ${id}`);
    await tx.query(sql`
      INSERT INTO processed_events (consumer, event_id)
      SELECT ${letter.consumer}, ${letter.eventId} WHERE EXISTS (SELECT FROM consumer_checkpoints WHERE consumer = ${letter.consumer})
      ON CONFLICT DO NOTHING`);
    await tx.query(sql`
      INSERT INTO dead_letter_actions (letter_id, action, actor, reason) VALUES (${id}, 'discard', ${actor}, ${reason})`);
    await endRetriesOf(tx, [id], { outcome: "notTried" });
    return undefined;
  });
}

/**
 * Delivers an edited copy of the event's data to this one subscription: at once when the letter is its stream's head, and
 * otherwise when its turn comes. The copy must satisfy the latest version of the event's schema; the event itself stays as
 * it is.
 */
export function editAndRetry(
  db: Database,
  catalogue: EventCatalogue,
  id: number,
  { actor, reason, data, seenActions }: Actor & { readonly data: unknown },
): Promise<Refusal | undefined> {
  return changeLetter(db, id, seenActions, async (tx, letter) => {
    const definition = catalogue.definitions.get(letter.eventType);
    if (definition === undefined)
      return refuse("conflict", "UNKNOWN_EVENT_TYPE", `Nothing here reads ${letter.eventType}.`);
    const parsed = definition.schemas[definition.latestVersion - 1]?.safeParse(data);
    if (parsed?.success !== true) {
      const fields = (parsed?.error.issues ?? []).map((issue) => ({
        field: ["data", ...issue.path].join("."),
        rule: issue.code,
        message: issue.message,
      }));
      return refuse(
        "invalid",
        "INVALID_EVENT_DATA",
        `The data is no ${letter.eventType} v${definition.latestVersion}.`,
        { fields },
      );
    }
    const copy = JSON.stringify(data);
    const before = letter.editedData === null ? sql`event.data` : sql`${JSON.stringify(letter.editedData)}::jsonb`;
    await tx.query(sql`
      UPDATE dead_letters letter
      SET status = CASE WHEN ${IS_HEAD} THEN 'retrying' ELSE 'waiting' END, next_attempt_at = CASE WHEN ${IS_HEAD} THEN now() END,
          edited_data = ${copy}::jsonb, edited_version = ${definition.latestVersion}, retry_id = NULL, attempts = 0
      WHERE id = ${id}`);
    await tx.query(sql`
      INSERT INTO dead_letter_actions (letter_id, action, actor, reason, detail)
      SELECT ${id}, 'edit', ${actor}, ${reason}, jsonb_build_object('before', ${before}, 'after', ${copy}::jsonb)
      FROM events event WHERE event.event_id = ${letter.eventId}`);
    await endRetriesOf(tx, [id], { outcome: "notTried" });
    return undefined;
  });
}

/** Where the letter stands, without its data; undefined for an id that is none. */
export async function letterState(db: SqlExecutor, id: number): Promise<object | undefined> {
  const rows = await db.query<object>(sql`
    SELECT consumer, event_id AS "eventId", status, retry_id AS "retryId", edited_version AS "editedVersion"
    FROM dead_letters WHERE id = ${id}`);
  return rows[0];
}

interface OpenLetter {
  readonly consumer: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly streamId: string;
  readonly position: number;
  readonly editedData: unknown;
}

/** Changes an open letter while nobody tries it. A rebuild whose shadow has passed the event starts anew. */
async function changeLetter(
  db: Database,
  id: number,
  seenActions: number | undefined,
  change: (tx: SqlExecutor, letter: OpenLetter) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const columns = sql`consumer, event_id AS "eventId", event_type AS "eventType", stream_id AS "streamId", position, edited_data AS "editedData"`;
  return db.transaction(async (tx) => {
    const [letter] = await tx.query<OpenLetter>(sql`SELECT ${columns} FROM dead_letters WHERE id = ${id}`);
    if (letter === undefined) return refuse("notFound", "DEAD_LETTER_NOT_FOUND", `There is no dead letter ${id}.`);
    await tx.query(sql`SELECT pg_advisory_xact_lock(${streamLock(letter.consumer, letter.streamId)})::text`);
    const shadowAt = await lockRunningRebuild(tx, letter.consumer);
    const [open] = await tx.query<OpenLetter>(
      sql`SELECT ${columns} FROM dead_letters WHERE id = ${id} AND ${OPEN} FOR UPDATE`,
    );
    if (open === undefined)
      return refuse("conflict", "DEAD_LETTER_OVER", "This event has been delivered or discarded meanwhile.");
    if (await actedOnLetter(tx, id, seenActions)) return ACTED_MEANWHILE;
    const refusal = await change(tx, open);
    if (refusal === undefined && shadowAt !== undefined && shadowAt >= open.position)
      await restartRebuild(tx, open.consumer);
    return refusal;
  });
}
