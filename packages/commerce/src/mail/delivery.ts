/**
 * Delivers what is in `mail_messages`, oldest first. A mail waits (`next_attempt_at`), is taken up by one worker at a time, and
 * ends delivered or given up. A worker that dies between the server's word and its own note leaves a mail that goes out once more, with the same
 * Message-ID: at least once. It is opened at the last moment, so no mail to an erased customer goes out.
 */
import { MasterKeyError } from "@tillstream/eventing";
import type { Keyring, Wait } from "@tillstream/eventing";
import { AT_ONCE, sql } from "@tillstream/runtime";
import type { Database, Logger, Loop, SqlExecutor } from "@tillstream/runtime";
import { HANDOVER_MS_MAX } from "./mail-server.ts";
import type { Handover, MailServer } from "./mail-server.ts";
import { contentIn } from "./mailer.ts";

const POLL_MS = 2_000;
/** Sessions with the server at a time. */
const BATCH_MAX = 10;
/** A worker that took one up and is not done after this long is taken for dead. */
const TAKEN_MS = 2 * HANDOVER_MS_MAX;
const BACKOFF_FIRST_MS = 60_000;
const BACKOFF_MS_MAX = 3_600_000;
/** While the server is away, one mail is tried so often. */
const AWAY_MS = 5_000;
/** As long as mail servers try themselves (RFC 5321, 4.5.4.1). */
const GIVEN_UP_DAYS = 4;
const GIVEN_UP_AT_ONCE = 1_000;

export const MAIL_WAIT: Wait = {
  table: sql`mail_messages`,
  column: sql`next_attempt_at`,
  among: sql`next_attempt_at IS NOT NULL`,
  longestMs: Math.max(TAKEN_MS, BACKOFF_MS_MAX),
  leftMs: TAKEN_MS,
};

export interface MailDelivery {
  readonly db: Database;
  readonly logger: Logger;
  readonly keyring: Keyring;
  readonly server: MailServer;
}

/** Several may run at a time. */
export const mailDelivery = (delivery: Pick<MailDelivery, "keyring" | "server">): Loop => ({
  name: "mail delivery",
  intervalMs: POLL_MS,
  async turn(ports) {
    const isAway = async () => (await delivery.server.health()) === "away";
    const taken = await deliverMails({ ...ports, ...delivery }, (await isAway()) ? 1 : BATCH_MAX);
    if (taken === BATCH_MAX) return AT_ONCE;
    return (await isAway()) ? AWAY_MS : POLL_MS;
  },
});

/** Takes up what is due; returns how many mails that were, or 0 where the server takes none. */
export async function deliverMails(options: MailDelivery, limit: number = BATCH_MAX): Promise<number> {
  const { db, server } = options;
  await giveUpOld(db);
  const mails = await takeMails(db, limit);
  const outcomes = await Promise.all(mails.map((mail) => deliver(options, mail)));
  const tried = outcomes.filter(({ kind }) => kind !== "forgotten");
  const reasons = tried.flatMap((outcome) => (outcome.kind === "away" ? [outcome.reason] : []));
  const isAway = reasons.length > 0 && reasons.length === tried.length;
  if (tried.length > 0) server.notePresence(isAway ? reasons[0] : undefined);
  return isAway ? 0 : mails.length;
}

interface TakenMail {
  readonly id: string;
  readonly dedupeKey: string;
  readonly sealedFor: string;
  readonly sealed: string;
  readonly writtenAt: Date;
  readonly attempts: number;
}

async function takeMails(db: SqlExecutor, limit: number): Promise<TakenMail[]> {
  return db.query<TakenMail>(sql`
    UPDATE mail_messages SET attempts = attempts + 1, next_attempt_at = now() + ${TAKEN_MS} * interval '1 ms'
    WHERE id IN (SELECT id FROM mail_messages WHERE next_attempt_at <= now()
                 ORDER BY next_attempt_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id::text, dedupe_key AS "dedupeKey", sealed_for AS "sealedFor", body AS sealed, sent_at AS "writtenAt", attempts`);
}

/** `forgotten`: its reader's key is destroyed. */
type Outcome = Handover | { readonly kind: "forgotten" };

async function deliver(options: MailDelivery, mail: TakenMail): Promise<Outcome> {
  const outcome = await openAndHandOver(options, mail);
  await note(options.db, mail, outcome);
  if (outcome.kind === "refused") options.logger.warn({ mail: mail.id, err: outcome.reason }, "mail not delivered");
  return outcome;
}

async function openAndHandOver({ db, keyring, server }: MailDelivery, mail: TakenMail): Promise<Outcome> {
  const { sealedFor: subject, sealed, dedupeKey, writtenAt } = mail;
  const [opened] = await keyring.open(db, [{ subject, sealed }]);
  if (opened === undefined) return { kind: "forgotten" };
  if (opened instanceof MasterKeyError) return { kind: "deferred", reason: opened.message };
  const { parts, ...content } = contentIn(opened);
  const html = parts && (await (await import("./html.ts")).htmlOf({ ...content, parts }));
  return server.handOver({ ...content, ...(html !== undefined && { html }), dedupeKey, writtenAt });
}

async function note(db: SqlExecutor, { id, attempts }: TakenMail, outcome: Outcome): Promise<void> {
  const { kind } = outcome;
  const waitMs = {
    taken: null,
    refused: null,
    forgotten: null,
    deferred: Math.min(BACKOFF_FIRST_MS * 2 ** (attempts - 1), BACKOFF_MS_MAX),
    away: AWAY_MS,
  }[kind];
  await db.query(sql`
    UPDATE mail_messages SET delivered_at = CASE WHEN ${kind === "taken"} THEN now() END,
      attempts = attempts - ${kind === "away" ? 1 : 0}, next_attempt_at = now() + ${waitMs}::int * interval '1 ms',
      delivery_error = ${"reason" in outcome ? outcome.reason : null}
    WHERE id = ${id}::bigint AND delivered_at IS NULL`);
}

async function giveUpOld(db: SqlExecutor): Promise<void> {
  await db.query(sql`
    UPDATE mail_messages SET next_attempt_at = NULL,
      delivery_error = coalesce(delivery_error, 'no server took it') || ${` (given up after ${GIVEN_UP_DAYS} days)`}
    WHERE id IN (
      SELECT id FROM mail_messages
      WHERE next_attempt_at <= now() AND sent_at < now() - ${GIVEN_UP_DAYS} * interval '1 day'
      ORDER BY next_attempt_at, id LIMIT ${GIVEN_UP_AT_ONCE} FOR UPDATE SKIP LOCKED)`);
}
