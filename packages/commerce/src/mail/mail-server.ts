/**
 * The SMTP server that takes the mails. Each is handed over in a session of its own, within a bound, so that no mail waits for
 * another. A mail that is handed over twice has one Message-ID, by which mailboxes know it again.
 */
import { createHash } from "node:crypto";
import { InvalidSettingsError, withoutPersons, withTimeout } from "@tillstream/runtime";
import type { Logger } from "@tillstream/runtime";
import { createTransport } from "nodemailer";
import type { Mail } from "./mailer.ts";

const CONNECT_MS_MAX = 10_000;
const SILENCE_MS_MAX = 20_000;
/** Of one mail from the look-up of the name to the server's word. */
export const HANDOVER_MS_MAX = 60_000;
const REASON_LENGTH_MAX = 500;
/** The server is about to close (RFC 5321, 3.8): nothing is said of the mail. */
const CLOSING = 421;

export interface OutgoingMail extends Pick<Mail, "recipient" | "subject" | "body" | "dedupeKey"> {
  /** Beside the text, for programs that show it. */
  readonly html?: string;
  readonly writtenAt: Date;
}

/** `refused`: the mailbox does not exist; `deferred`: not this mail, not now; `away`: the server accepts no mail from us. */
export type Handover =
  | { readonly kind: "taken" }
  | { readonly kind: "refused" | "deferred" | "away"; readonly reason: string };

export interface MailServer {
  handOver(mail: OutgoingMail): Promise<Handover>;
  /** Says once in the log that it is away, with the reason, and once that it is back. */
  notePresence(awayBecause: string | undefined): void;
  health(): Promise<"ok" | "away">;
}

interface Settings {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
}

/** Undefined where none is set. */
export function createMailServer({ SMTP_URL: url, MAIL_FROM: from }: Settings, logger: Logger): MailServer | undefined {
  if ((url === undefined) !== (from === undefined))
    throw new InvalidSettingsError("SMTP_URL and MAIL_FROM are set together or not at all.");
  if (url === undefined || from === undefined) return undefined;
  const domain = from.replace(/^.*@|>$/g, "");
  const transport = createTransport(
    {
      url,
      requireTLS: new URL(url).password !== "", // else who is in between could have STARTTLS left out, and read it
      dnsTimeout: CONNECT_MS_MAX,
      connectionTimeout: CONNECT_MS_MAX,
      greetingTimeout: CONNECT_MS_MAX,
      socketTimeout: SILENCE_MS_MAX,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from, headers: { "Auto-Submitted": "auto-generated" } },
  );
  let isAway = false;
  return {
    async handOver({ recipient, subject, body, html, dedupeKey, writtenAt }) {
      const messageId = `<${createHash("sha256").update(dedupeKey).digest("hex").slice(0, 40)}@${domain}>`;
      // An object is one address, whatever is in it; a text would be read as a list of them.
      const to = { name: "", address: recipient };
      const sent = transport.sendMail({ to, subject, text: body, html, date: writtenAt, messageId });
      return withTimeout(sent, HANDOVER_MS_MAX, "the mail server").then(() => ({ kind: "taken" }), failureOf);
    },
    notePresence(awayBecause) {
      if (awayBecause !== undefined && !isAway)
        logger.warn({ err: awayBecause }, "the mail server is away, mails wait");
      if (awayBecause === undefined && isAway) logger.info("the mail server is back");
      isAway = awayBecause !== undefined;
    },
    health: async () => (isAway ? "away" : "ok"),
  };
}

/** What nodemailer adds to an error. */
interface SmtpError extends Error {
  readonly code?: string;
  /** What the server was answering. */
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

function failureOf(error: SmtpError): Handover {
  const { code, command, response, responseCode = 0 } = error;
  const reasonIn = (text: string) => withoutPersons(text).slice(0, REASON_LENGTH_MAX);
  const isOfMail = (code === "EENVELOPE" || code === "EMESSAGE") && command !== "MAIL FROM";
  if (!isOfMail || responseCode === CLOSING) return { kind: "away", reason: reasonIn(error.message) };
  const isForGood = command === "RCPT TO" && responseCode >= 500;
  return { kind: isForGood ? "refused" : "deferred", reason: reasonIn(response ?? error.message) };
}
