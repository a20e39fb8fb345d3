export { mailRouter } from "./router.ts";
import { defineModule } from "@tillstream/eventing";
import { mailConsumer } from "./consumers.ts";
import type { Mailer } from "./mailer.ts";

export { localInbox } from "./mailer.ts";
export type { Mailer } from "./mailer.ts";

export const mailModule = defineModule<{ readonly mailer: Mailer }>({
  name: "mail",
  consumers: ({ mailer }) => [mailConsumer(mailer)],
});
