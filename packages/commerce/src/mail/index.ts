export { mailRouter } from "./router.ts";
import { defineModule } from "@tillstream/eventing";
import type { Keyring } from "@tillstream/eventing";
import { mailWaits } from "./check.ts";
import { mailConsumer } from "./consumers.ts";
import { MAIL_WAIT, mailDelivery } from "./delivery.ts";
import type { MailServer } from "./mail-server.ts";
import { orderLinkSending } from "./order-links.ts";
import type { OrderLinks } from "../order/index.ts";
import type { Mailer } from "./mailer.ts";
import { mails, pruneMails } from "./personal-data.ts";

export { addressChangedLetter, knownAddressLetter, newAddressLetter } from "./login-letters.ts";
export { loginMail } from "./login-mail.ts";
export { localInbox, openMails } from "./mailer.ts";
export type { KeptMail, Mailer } from "./mailer.ts";
export { sendOrderLinks } from "./order-links.ts";
export { createMailServer } from "./mail-server.ts";
export type { MailServer } from "./mail-server.ts";

export interface MailPorts {
  readonly mailer: Mailer;
  /** What the links in mails are made with. */
  readonly links: OrderLinks;
  readonly keyring: Keyring;
  /** Without one, mails are kept but not delivered. */
  readonly mailServer: MailServer | undefined;
  /** For how long a mail is kept. */
  readonly mailDays: number;
}

export const mailModule = defineModule<MailPorts>({
  name: "mail",
  personalData: [mails],
  waits: [MAIL_WAIT],
  checks: () => [mailWaits()],
  consumers: (ports) => [mailConsumer(ports)],
  loops: ({ mailer, links, keyring, mailServer: server }) => [
    orderLinkSending({ mailer, links }),
    ...(server === undefined ? [] : [mailDelivery({ keyring, server })]),
  ],
  deletions: ({ mailDays }) => [(db) => pruneMails(db, mailDays)],
});
