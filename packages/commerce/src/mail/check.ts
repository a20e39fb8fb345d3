/** Whether mails leave. */
import { defineCheck } from "@tillstream/eventing";
import type { Check } from "@tillstream/eventing";
import { readEnv, sql } from "@tillstream/runtime";
import { mailSettings } from "../settings.ts";

/** Since the oldest mail was written that no server has taken; without a server none waits. */
export function mailWaits(): Check {
  const hasServer = readEnv(mailSettings).SMTP_URL !== undefined;
  return defineCheck({
    name: "mail-waits",
    title: "Mails do not leave",
    owner: "platform",
    unit: "seconds",
    part: "Mail",
    effect: "Customers who wait for a confirmation, a tracking number or a new password.",
    next: "Read what the server says beside a mail; bring it back: what waits is sent by itself, for four days.",
    path: "/mail",
    threshold: 180,
    follows: ["no-worker"],
    look: {
      hits: () => sql`SELECT order_id FROM mail_messages WHERE next_attempt_at IS NOT NULL AND order_id IS NOT NULL`,
    },
    readings: hasServer
      ? sql`
        SELECT '', coalesce(greatest(extract(epoch FROM now() - min(sent_at)), 0), 0)::float8,
               count(*) || ' waiting' || coalesce(': ' || left((array_agg(delivery_error ORDER BY id DESC) FILTER (WHERE delivery_error IS NOT NULL))[1], 200), '')
        FROM mail_messages WHERE next_attempt_at IS NOT NULL`
      : sql`SELECT '', 0::float8, 'no server is set: mails stay in the inbox'`,
  });
}
