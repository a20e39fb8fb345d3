import type { PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { openMails, withoutKeys } from "./mailer.ts";

const CHUNK_ROWS = 1_000;

/** The mails to a customer. */
export const mails: PersonalData = {
  name: "mails",
  tables: ["mail_messages"],
  find: async (db, { id, aggregateIds }, keyring) => {
    const which = sql`WHERE order_id = ANY(${aggregateIds}::text[]) OR sealed_for = ${id} ORDER BY id`;
    return (await openMails(db, keyring, which)).map(withoutKeys).map(({ parts: _, ...mail }) => mail);
  },
  erase: async (tx, { id, aggregateIds }) =>
    (
      await tx.query(sql`
        DELETE FROM mail_messages WHERE order_id = ANY(${aggregateIds}::text[]) OR sealed_for = ${id} RETURNING id`)
    ).length,
};

/** Forgets mails that went out so long ago, a bounded number at once; resolves to how many. */
export async function pruneMails(db: SqlExecutor, days: number): Promise<number> {
  const { length } = await db.query(sql`
    DELETE FROM mail_messages WHERE id IN (
      SELECT id FROM mail_messages WHERE sent_at < now() - ${days} * interval '1 day' ORDER BY id LIMIT ${CHUNK_ROWS})
    RETURNING id`);
  return length;
}
