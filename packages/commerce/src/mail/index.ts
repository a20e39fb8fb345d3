export { mailRouter } from "./router.ts";
import { defineModule } from "@tillstream/eventing";
import { mailConsumer } from "./consumers.ts";
import type { OrderLinks } from "../order/index.ts";
import type { Mailer } from "./mailer.ts";

export { loginMail } from "./login-mail.ts";
export { localInbox } from "./mailer.ts";
export type { Mailer } from "./mailer.ts";
export { runOrderLinks, sendOrderLinks } from "./order-links.ts";

export const mailModule = defineModule<{ readonly mailer: Mailer; readonly links: OrderLinks }>({
  name: "mail",
  consumers: (ports) => [mailConsumer(ports)],
});
