/** The whole story of one order at the console: what the history has of its correlation, with the mails about it. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { procedureFor, readHistoryFlow, router } from "@tillstream/trpc";
import type { FlowEntry } from "@tillstream/trpc";
import { identifier } from "@tillstream/trpc/input";
import { z } from "zod";
import { orderNumber } from "../order/index.ts";

const MAILS_MAX = 50;

interface MailRow {
  readonly id: string;
  readonly at: Date;
  readonly deliveredAt: Date | null;
  readonly kind: string;
  readonly eventId: string;
  readonly error: string | null;
}

/** By what the mails are, not to whom: they are sealed. */
async function mailsOf(db: SqlExecutor, orderIds: readonly string[]): Promise<FlowEntry[]> {
  const rows = await db.query<MailRow>(sql`
    SELECT id::text, sent_at AS at, delivered_at AS "deliveredAt", split_part(dedupe_key, ':', 1) AS kind, substr(dedupe_key, strpos(dedupe_key, ':') + 1) AS "eventId", delivery_error AS error
    FROM mail_messages WHERE order_id = ANY(${orderIds}::text[]) ORDER BY sent_at LIMIT ${MAILS_MAX}`);
  return rows.map(({ id, at, deliveredAt, kind, eventId, error }) => ({
    id: `mail:${id}`,
    at: at.toISOString(),
    finishedAt: deliveredAt?.toISOString() ?? null,
    kind: "mail",
    lane: "mail",
    title: `Mail: ${kind}`,
    detail: error,
    status: error === null ? "done" : "failed",
    href: "/mail",
    causedBy: eventId,
  }));
}

export const flowRouter = router({
  /** Everything that followed from one command, in the order in which it happened. */
  byCorrelation: procedureFor("viewer")
    .input(z.strictObject({ correlationId: identifier() }))
    .query(async ({ ctx, input: { correlationId } }) => {
      const { entries, subjects, truncated } = await readHistoryFlow(ctx.db, correlationId);
      if (entries.length === 0)
        throw refuse("notFound", "CORRELATION_NOT_FOUND", `Nothing has the correlation ${correlationId}.`);
      const mails = await mailsOf(ctx.db, subjects);
      const orders = await ctx.db.query<{ id: string }>(sql`SELECT id FROM orders WHERE id = ANY(${subjects}::text[])`);
      return {
        correlationId,
        orders: orders.map(({ id }) => ({ orderId: id, number: orderNumber(id) })),
        entries: [...entries, ...mails].toSorted((one, other) => one.at.localeCompare(other.at)),
        truncated,
      };
    }),
});
