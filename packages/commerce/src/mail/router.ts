import { environmentSettings, readEnv, sql } from "@tillstream/runtime";
import { procedureFor, router } from "@tillstream/trpc";
import { z } from "zod";
import { orderNumber } from "../order/index.ts";
import { openMails, withoutKeys } from "./mailer.ts";

/** What the shop wrote, and whether it arrived. Outside the local environment who looks after mails does not get into their readers' orders and accounts. */
export const mailRouter = router({
  list: procedureFor("viewer")
    .input(z.strictObject({ limit: z.int().min(1).max(100).default(50) }).prefault({}))
    .query(async ({ ctx, input }) => {
      const rows = await openMails(ctx.db, ctx.keyring, sql`ORDER BY mail_messages.id DESC LIMIT ${input.limit}`);
      const items = rows.map((row) => ({
        ...(readEnv(environmentSettings).TILLSTREAM_LOCAL ? row : withoutKeys(row)),
        orderNumber: row.orderId === null ? null : orderNumber(row.orderId),
        sentAt: row.sentAt.toISOString(),
        deliveredAt: row.deliveredAt?.toISOString() ?? null,
      }));
      return { items, shopUrl: ctx.shop.url };
    }),
});
