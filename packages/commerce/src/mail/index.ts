export { mailRouter } from "./router.ts";
import { defineModule } from "@tillstream/eventing";
import { mailConsumer } from "./consumers.ts";
import type { OrderLinks } from "../order/index.ts";
import type { Mailer } from "./mailer.ts";
import { mails } from "./personal-data.ts";

export { loginMail } from "./login-mail.ts";
export { localInbox, openMails } from "./mailer.ts";
export type { KeptMail, Mailer } from "./mailer.ts";
export { pruneMails } from "./personal-data.ts";
export { runOrderLinks, sendOrderLinks } from "./order-links.ts";
export { MAIL_WAIT, runMailDelivery } from "./delivery.ts";
export { createMailServer } from "./mail-server.ts";
export type { MailServer } from "./mail-server.ts";
export { mailSettings } from "./settings.ts";

export const mailModule = defineModule<{ readonly mailer: Mailer; readonly links: OrderLinks }>({
  name: "mail",
  personalData: [mails],
  consumers: (ports) => [mailConsumer(ports)],
});
