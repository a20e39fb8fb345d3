import { sql } from "@tillstream/runtime";
import { procedureFor, router } from "@tillstream/trpc";
import { z } from "zod";
import { orderNumber } from "../order/index.ts";

interface MessageRow {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly orderId: string | null;
  readonly sentAt: Date;
}

/** The local inbox. */
export const mailRouter = router({
  list: procedureFor("viewer")
    .input(z.strictObject({ limit: z.int().min(1).max(100).default(50) }).prefault({}))
    .query(async ({ ctx, input }) => {
      const rows = await ctx.db.query<MessageRow>(sql`
        SELECT id::text, recipient, subject, body, order_id AS "orderId", sent_at AS "sentAt"
        FROM mail_messages ORDER BY mail_messages.id DESC LIMIT ${input.limit}`);
      const items = rows.map((row) => ({
        ...row,
        orderNumber: row.orderId === null ? null : orderNumber(row.orderId),
        sentAt: row.sentAt.toISOString(),
      }));
      return { items, shopUrl: ctx.shop.url };
    }),
});
