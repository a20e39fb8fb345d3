/**
 * What staff say to each other about an order. No events: nobody acts on a note, and it may name a person, so it goes when the
 * order's address goes.
 */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export interface OrderNote {
  readonly id: string;
  readonly text: string;
  readonly at: Date;
  readonly writtenBy: string;
  /** Null for somebody who has no login any more. */
  readonly author: string | null;
}

/** The oldest first. */
export function readNotes(db: SqlExecutor, orderId: string): Promise<OrderNote[]> {
  return db.query<OrderNote>(sql`
    SELECT note.id::text, text, at, written_by AS "writtenBy", login.name AS author
    FROM order_notes note LEFT JOIN auth_users login ON login.id = substring(written_by FROM '^user:(.*)$')
    WHERE order_id = ${orderId} ORDER BY note.id`);
}

/** What the audit keeps: how many there are, not what they say. */
export async function notesState(db: SqlExecutor, orderId: string): Promise<{ readonly notes: number }> {
  const [row] = await db.query<{ notes: number }>(
    sql`SELECT count(*)::int AS notes FROM order_notes WHERE order_id = ${orderId}`,
  );
  return row ?? { notes: 0 };
}

/** The order stays as it is meanwhile, so that an erasure misses no note. */
export async function addNote(
  tx: SqlExecutor,
  { orderId, text }: { readonly orderId: string; readonly text: string },
  writtenBy: string,
): Promise<{ readonly orderId: string; readonly noteId: string }> {
  const [order] = await tx.query<{ isErased: boolean }>(
    sql`SELECT email IS NULL AS "isErased" FROM orders WHERE id = ${orderId} FOR SHARE`,
  );
  if (order === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", `Order ${orderId} does not exist.`);
  if (order.isErased)
    throw refuse(
      "conflict",
      "ORDER_ERASED",
      "The customer of this order was erased: nothing more is written down about it.",
    );
  const [note] = await tx.query<{ noteId: string }>(sql`
    INSERT INTO order_notes (order_id, text, written_by) VALUES (${orderId}, ${text}, ${writtenBy}) RETURNING id::text AS "noteId"`);
  return { orderId, noteId: note?.noteId ?? "" };
}

/** One's own. */
export async function removeNote(
  tx: SqlExecutor,
  { orderId, noteId }: { readonly orderId: string; readonly noteId: string },
  writtenBy: string,
): Promise<{ readonly orderId: string; readonly noteId: string }> {
  const gone = await tx.query(sql`
    DELETE FROM order_notes WHERE id = ${noteId}::bigint AND order_id = ${orderId} AND written_by = ${writtenBy} RETURNING id`);
  if (gone.length === 0) throw refuse("notFound", "NOTE_NOT_FOUND", "You have written no such note about this order.");
  return { orderId, noteId };
}
