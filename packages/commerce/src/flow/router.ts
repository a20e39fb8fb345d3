/** The whole story of one order at the console: what the history has of its correlation, with the mails about it and the calls to the gateway. */
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { procedureFor, readHistoryFlow, router } from "@tillstream/trpc";
import type { FlowEntry } from "@tillstream/trpc";
import { identifier } from "@tillstream/trpc/input";
import { z } from "zod";
import { orderNumber } from "../order/index.ts";
import { loggedCalls } from "../payment/index.ts";

const MAILS_MAX = 50;
const CALLS_MAX = 100;
/** What a call came to that did not do what it was to do. */
const IN_VAIN: readonly string[] = ["no answer", "not understood", "declined", "refused"];

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

/** A call names its step, or its consumer and the event, by the key that it went out with. */
async function callsOf(
  db: SqlExecutor,
  entries: readonly FlowEntry[],
  orderIds: readonly string[],
): Promise<FlowEntry[]> {
  const askers = new Map(
    entries
      .filter(({ kind }) => kind === "step" || kind === "compensation" || kind === "consumed")
      .map((entry) => [entry.id.replace("/", ":"), entry]),
  );
  const calls = await loggedCalls(db, { causes: [...askers.keys()], orderIds, limit: CALLS_MAX });
  return calls.map(({ id, at, tookMs, cause, asked, outcome, answer, attempt }) => ({
    id: `call:${id}`,
    at: at.toISOString(),
    finishedAt: new Date(at.getTime() + tookMs).toISOString(),
    kind: "call",
    lane: "gateway",
    title: `${asked}: ${outcome}`,
    detail: [`attempt ${attempt}`, answer].filter(Boolean).join(", "),
    status: IN_VAIN.includes(outcome) ? "failed" : "done",
    href: askers.get(cause)?.href ?? "/reconciliation",
    causedBy: askers.get(cause)?.id ?? null,
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
      const calls = await callsOf(ctx.db, entries, subjects);
      const orders = await ctx.db.query<{ id: string }>(sql`SELECT id FROM orders WHERE id = ANY(${subjects}::text[])`);
      return {
        correlationId,
        orders: orders.map(({ id }) => ({ orderId: id, number: orderNumber(id) })),
        entries: [...entries, ...calls, ...mails].toSorted((one, other) => one.at.localeCompare(other.at)),
        truncated,
      };
    }),
});
