/**
 * How an operator resolves one dead letter: by discarding it, or by delivering an edited copy. Each leaves a trace in
 * `dead_letter_actions`.
 */
import { sql } from "@tillstream/runtime";
import type { Database, SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";
import { ACTED_MEANWHILE, refuse } from "../event/refusal.ts";
import { lockRunningRebuild, restartRebuild } from "./running-rebuild.ts";
import { IS_HEAD, OPEN } from "./block.ts";
import { streamLock } from "./locks.ts";
import { fieldsNamingStream } from "./names-stream.ts";
import { actedOnDeadLetter, endRetriesOf } from "./retries.ts";
import type { Actor } from "./retries.ts";

/** Discards the event for this subscription; what waited behind it follows. */
export function discardDeadLetter(db: Database, id: number, { actor, reason, seenActions }: Actor): Promise<void> {
  return changeDeadLetter(db, id, seenActions, async (tx, letter) => {
    await tx.query(sql`
      UPDATE dead_letters SET status = 'discarded', next_attempt_at = NULL, retry_id = NULL, finished_at = now() WHERE id = ${id}`);
    await tx.query(sql`
      INSERT INTO processed_events (consumer, event_id)
      SELECT ${letter.consumer}, ${letter.eventId} WHERE EXISTS (SELECT FROM consumer_checkpoints WHERE consumer = ${letter.consumer})
      ON CONFLICT DO NOTHING`);
    await tx.query(sql`
      INSERT INTO dead_letter_actions (letter_id, action, actor, reason) VALUES (${id}, 'discard', ${actor}, ${reason})`);
    await takeUpNext(tx, letter);
    await endRetriesOf(tx, [id], { outcome: "notTried" });
  });
}

/** What waited behind a head that is over is due: nobody looks often for streams without a head. */
async function takeUpNext(tx: SqlExecutor, { consumer, streamId, position }: OpenDeadLetter): Promise<void> {
  await tx.query(sql`
    UPDATE dead_letters letter SET status = 'retrying', next_attempt_at = now()
    WHERE id = (SELECT id FROM dead_letters WHERE consumer = ${consumer} AND stream_id = ${streamId} AND position > ${position} AND ${OPEN}
                ORDER BY position LIMIT 1)
      AND status = 'waiting' AND ${IS_HEAD}`);
}

/**
 * Delivers an edited copy of the event's data to this one subscription: at once when the dead letter is its stream's head, and
 * otherwise when its turn comes. The copy must satisfy the latest version of the event's schema, and be about the same stream: what
 * in it names the stream stays. The event itself stays as it is.
 */
export function editAndRetry(
  db: Database,
  catalogue: EventCatalogue,
  id: number,
  { actor, reason, data, seenActions }: Actor & { readonly data: unknown },
): Promise<void> {
  return changeDeadLetter(db, id, seenActions, async (tx, letter) => {
    const definition = catalogue.definitions.get(letter.eventType);
    if (definition === undefined)
      throw refuse(
        "conflict",
        "UNKNOWN_EVENT_TYPE",
        `Nothing in this deployment reads ${letter.eventType}. Deploy what reads it, then edit the copy.`,
      );
    const parsed = definition.schemas[definition.latestVersion - 1]?.safeParse(data);
    if (parsed?.success !== true) {
      const fields = (parsed?.error.issues ?? []).map((issue) => ({
        field: ["data", ...issue.path].join("."),
        rule: issue.code,
        message: issue.message,
      }));
      throw refuse(
        "invalid",
        "INVALID_EVENT_DATA",
        `The data is not a valid ${letter.eventType} v${definition.latestVersion}. Correct the fields named.`,
        { fields },
      );
    }
    await assertSameStream(tx, letter, parsed.data as object);
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
  });
}

async function assertSameStream(tx: SqlExecutor, letter: OpenDeadLetter, copy: object): Promise<void> {
  const names = await fieldsNamingStream(tx, letter);
  const changed = names.filter(([name, value]) => name in copy && copy[name as never] !== value);
  if (changed.length === 0) return;
  const fields = changed.map(([name]) => ({
    field: `data.${name}`,
    rule: "as the event has it",
    message: `names the stream ${letter.streamId}, and stays as it is`,
  }));
  throw refuse("invalid", "INVALID_EVENT_DATA", "The copy would be about another stream. Correct the fields named.", {
    fields,
  });
}

/** The state of a dead letter, without its data; undefined for an unknown id. */
export async function deadLetterState(db: SqlExecutor, id: number): Promise<object | undefined> {
  const rows = await db.query<object>(sql`
    SELECT consumer, event_id AS "eventId", status, retry_id AS "retryId", edited_version AS "editedVersion"
    FROM dead_letters WHERE id = ${id}`);
  return rows[0];
}

interface OpenDeadLetter {
  readonly consumer: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly streamId: string;
  readonly position: number;
  readonly editedData: unknown;
}

/** Changes an open dead letter while nothing retries it. A rebuild whose shadow has passed the event starts over. */
async function changeDeadLetter(
  db: Database,
  id: number,
  seenActions: number | undefined,
  change: (tx: SqlExecutor, letter: OpenDeadLetter) => Promise<void>,
): Promise<void> {
  const columns = sql`consumer, event_id AS "eventId", event_type AS "eventType", stream_id AS "streamId", position, edited_data AS "editedData"`;
  return db.transaction(async (tx) => {
    const [letter] = await tx.query<OpenDeadLetter>(sql`SELECT ${columns} FROM dead_letters WHERE id = ${id}`);
    if (letter === undefined) throw refuse("notFound", "DEAD_LETTER_NOT_FOUND", `Dead letter ${id} does not exist.`);
    await tx.query(sql`SELECT pg_advisory_xact_lock(${streamLock(letter.consumer, letter.streamId)})::text`);
    const shadowAt = await lockRunningRebuild(tx, letter.consumer);
    const [open] = await tx.query<OpenDeadLetter>(
      sql`SELECT ${columns} FROM dead_letters WHERE id = ${id} AND ${OPEN} FOR UPDATE`,
    );
    if (open === undefined)
      throw refuse("conflict", "DEAD_LETTER_OVER", "This event has been delivered or discarded in the meantime.");
    if (await actedOnDeadLetter(tx, id, seenActions)) throw ACTED_MEANWHILE;
    await change(tx, open);
    if (shadowAt !== undefined && shadowAt >= open.position) await restartRebuild(tx, open.consumer);
  });
}
