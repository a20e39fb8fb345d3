/**
 * The mail port. `LocalInbox` keeps every mail in `mail_messages`, where the local environment shows it; sending
 * with a key that was used before does nothing.
 */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";

export interface Mail {
  /** The same for every attempt to send this mail. */
  readonly dedupeKey: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  /** Absent for a mail about a login. */
  readonly orderId?: string;
}

export interface Mailer {
  send(tx: SqlExecutor, mail: Mail): Promise<void>;
}

export const localInbox: Mailer = {
  async send(tx, { dedupeKey, recipient, subject, body, orderId }) {
    await tx.query(sql`
      INSERT INTO mail_messages (dedupe_key, recipient, subject, body, order_id)
      VALUES (${dedupeKey}, ${recipient}, ${subject}, ${body}, ${orderId ?? null})
      ON CONFLICT (dedupe_key) DO NOTHING`);
  },
};
