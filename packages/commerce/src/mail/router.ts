import { refuse } from "@tillstream/eventing";
import { environmentSettings, readEnv, sql } from "@tillstream/runtime";
import { procedureFor, router } from "@tillstream/trpc";
import { numberId } from "@tillstream/trpc/input";
import { z } from "zod";
import { orderNumber } from "../order/index.ts";
import { openMails, withoutKeys } from "./mailer.ts";
import type { KeptMail } from "./mailer.ts";

const NO_MAIL = refuse("notFound", "MAIL_NOT_FOUND", "This mail does not exist, or its reader was forgotten.");

/** What the shop wrote, and whether it arrived. */
export const mailRouter = router({
  list: procedureFor("viewer")
    .input(z.strictObject({ limit: z.int().min(1).max(100).default(50) }).prefault({}))
    .query(async ({ ctx, input }) => {
      const rows = await openMails(ctx.db, ctx.keyring, sql`ORDER BY mail_messages.id DESC LIMIT ${input.limit}`);
      const items = rows.map(asShown).map(({ parts: _, ...row }) => ({
        ...row,
        orderNumber: row.orderId === null ? null : orderNumber(row.orderId),
        sentAt: row.sentAt.toISOString(),
        deliveredAt: row.deliveredAt?.toISOString() ?? null,
      }));
      return { items, shopUrl: ctx.shop.url };
    }),

  /** One mail as a mail program shows it; `html` is null for one that went out as text alone. */
  html: procedureFor("viewer")
    .input(z.strictObject({ id: numberId }))
    .query(async ({ ctx, input }) => {
      const [mail] = await openMails(ctx.db, ctx.keyring, sql`WHERE id = ${input.id}`);
      if (mail === undefined) throw NO_MAIL;
      const { subject, parts } = asShown(mail);
      return { html: parts === undefined ? null : await (await import("./html.ts")).htmlOf({ subject, parts }) };
    }),
});

/** Outside the local environment who looks after mails does not get into their readers' orders and accounts. */
const asShown = (mail: KeptMail): KeptMail =>
  readEnv(environmentSettings).TILLSTREAM_LOCAL ? mail : withoutKeys(mail);
