/**
 * The mail port. The inbox keeps every mail in `mail_messages`, where the console shows it and `mailDelivery` takes it from; sending
 * with a key that was used before does nothing. What a mail says is sealed with the key of the person that it goes to, and is
 * forgotten with it.
 */
import { MasterKeyError, SubjectForgottenError } from "@tillstream/eventing";
import type { Keyring } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { textOf } from "./letter.ts";
import type { Letter, Part } from "./letter.ts";

/** What only its reader should know. */
export interface Content {
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  /** What the body and the HTML are made of; absent for a mail from before there was any, which goes out as text alone. */
  readonly parts?: Letter["parts"];
}

export interface Mail extends Content {
  /** The same for every attempt to send this mail. */
  readonly dedupeKey: string;
  /** Absent for a mail about a login. */
  readonly orderId?: string;
  /** Whose key seals it: the customer's, or the order's id for a guest, of whom nothing else is known. */
  readonly sealedFor: string;
}

export interface Mailer {
  send(tx: SqlExecutor, mail: Mail): Promise<void>;
}

export function localInbox(keyring: Keyring): Mailer {
  return {
    async send(tx, { dedupeKey, recipient, subject, body, parts, orderId, sealedFor }) {
      const content: Sealed = { recipient, subject, ...(parts === undefined ? { body } : { parts }) };
      const sealed = await keyring.seal(tx, sealedFor, JSON.stringify(content)).catch((error: unknown) => {
        if (error instanceof SubjectForgottenError) return undefined;
        throw error;
      });
      // A person who asked to be forgotten gets no more mail.
      if (sealed === undefined) return;
      await tx.query(sql`
        INSERT INTO mail_messages (dedupe_key, body, order_id, sealed_for) VALUES (${dedupeKey}, ${sealed}, ${orderId ?? null}, ${sealedFor})
        ON CONFLICT (dedupe_key) DO NOTHING`);
    },
  };
}

/** As it is kept: the body of a mail that has parts is made of them again. */
type Sealed = Pick<Content, "recipient" | "subject"> &
  ({ readonly body: string } | { readonly parts: readonly Part[] });

export function contentIn(opened: string): Content {
  const sealed = JSON.parse(opened) as Sealed; // `send` wrote it
  return "parts" in sealed ? { ...sealed, body: textOf(sealed.parts) } : sealed;
}

export interface KeptMail extends Content {
  readonly id: string;
  readonly orderId: string | null;
  readonly sentAt: Date;
  readonly deliveredAt: Date | null;
  /** Why the last attempt to deliver it failed. */
  readonly deliveryError: string | null;
  readonly isGivenUp: boolean;
}

interface MailRow extends Omit<KeptMail, keyof Content> {
  /** Null where the body holds everything, sealed. */
  readonly recipient: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly sealedFor: string | null;
}

/** The mails that `which` selects, opened; those whose key is gone are not among them. */
export async function openMails(db: SqlExecutor, keyring: Keyring, which: Sql): Promise<readonly KeptMail[]> {
  const rows = await db.query<MailRow>(sql`
    SELECT id::text, recipient, subject, body, sealed_for AS "sealedFor", order_id AS "orderId", sent_at AS "sentAt", delivered_at AS "deliveredAt",
      delivery_error AS "deliveryError", delivered_at IS NULL AND next_attempt_at IS NULL AS "isGivenUp"
    FROM mail_messages ${which}`);
  const texts = rows.map(({ sealedFor, body }) => ({ subject: sealedFor ?? "", sealed: body }));
  const opened = await keyring.open(db, texts);
  return rows.flatMap(({ sealedFor, ...row }, at) => {
    const content = sealedFor === null ? plain(row) : contentOf(opened[at]);
    return content ? [{ ...row, ...content }] : [];
  });
}

function contentOf(opened: string | MasterKeyError | undefined): Content | undefined {
  if (opened instanceof MasterKeyError)
    return { recipient: "", subject: "This mail cannot be opened", body: opened.message };
  return opened === undefined ? undefined : contentIn(opened);
}

/** From before mails were sealed. */
const plain = ({ recipient, subject, body }: Pick<MailRow, "recipient" | "subject" | "body">): Content => ({
  recipient: recipient ?? "",
  subject: subject ?? "",
  body,
});

const TOKEN = /([?&]token=)[^&\s"]+/g;
const cut = (text: string): string => text.replace(TOKEN, "$1...");

/** For others than its reader: without what gets them into the reader's orders and account. */
export const withoutKeys = ({ parts, ...mail }: KeptMail): KeptMail => ({
  ...mail,
  body: cut(mail.body),
  ...(parts && { parts: JSON.parse(cut(JSON.stringify(parts))) as readonly Part[] }),
});
