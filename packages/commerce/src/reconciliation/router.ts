/** The reconciliation in the console. Runs are carried out by a worker, so asking for one answers at once. */
import { actorOf, audited, procedureFor, router, withActorNames } from "@tillstream/trpc";
import { identifier, nothing, explanation } from "@tillstream/trpc/input";
import { listCursor, placeNumber } from "@tillstream/trpc/list-cursor";
import { z } from "zod";
import { sql } from "@tillstream/runtime";
import { orderNumbers, withoutCustomers } from "../order/index.ts";
import { readWebhookCounts } from "../payment/index.ts";
import { acceptFinding } from "./accept.ts";
import { FINDING_STATUSES, findingState, listFindings } from "./findings.ts";
import { FINDING_KINDS } from "./judge.ts";
import { requestedRun, requestRun } from "./runs.ts";
import { reconciliationStatus, readRun } from "./status.ts";

const PAGE_MAX = 200;
const REASON_MAX = 200;
const reason = explanation(REASON_MAX);
const findingId = z.string().regex(/^\d{1,15}$/, "must be the id of a finding");

/** The id of the last finding of the page before. */
const pages = listCursor("payments.findings", placeNumber);
const findingsInput = z
  .strictObject({
    kind: z.enum(FINDING_KINDS).optional(),
    status: z.enum(FINDING_STATUSES).optional(),
    orderId: identifier(100).optional(),
    cursor: pages.input.optional(),
    limit: z.int().min(1).max(PAGE_MAX).default(50),
  })
  .prefault({});

export const paymentsRouter = router({
  /** Differences between the gateway's books and the orders, newest first. */
  findings: procedureFor("viewer")
    .input(findingsInput)
    .query(async ({ ctx, input }) => {
      const { cursor, limit, ...filters } = input;
      const [before] = pages.placeIn(filters, cursor) ?? [];
      const rows = await listFindings(ctx.db, { ...filters, before, limit: limit + 1 });
      const named = await withActorNames(ctx.db, rows.slice(0, limit), ({ acceptedBy }) => acceptedBy);
      const numbers = await orderNumbers(
        ctx.db,
        named.flatMap(({ orderId }) => orderId ?? []),
      );
      const items = named.map(({ amount, currency, ...row }) => ({
        ...row,
        orderNumber: numbers.get(row.orderId ?? "") ?? null,
        amount: { amount, currency },
        firstSeen: row.firstSeen.toISOString(),
        lastSeen: row.lastSeen.toISOString(),
        resolvedAt: row.resolvedAt?.toISOString() ?? null,
      }));
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: pages.after(filters, last && [Number(last.id)]) };
    }),

  /** Takes a difference that waits for a person as it is; it is asked about again only when it is about other money. */
  accept: procedureFor("operator")
    .input(z.strictObject({ findingId, reason }))
    .mutation(
      audited({
        redact: async (db, input) => {
          const which = sql`id IN (SELECT order_id FROM reconciliation_findings WHERE id = ${Number(input.findingId)})`;
          return { ...input, reason: await withoutCustomers(db, which, input.reason) };
        },
        about: (input) => ({ subject: input.findingId, reason: input.reason }),
        state: (db, input) => findingState(db, Number(input.findingId)),
        work: (ctx, input) => acceptFinding(ctx, { findingId: Number(input.findingId), reason: input.reason }),
      }),
    ),

  /** How many findings wait, the last run, and since when there has been none. */
  status: procedureFor("viewer")
    .input(nothing)
    .query(({ ctx }) => reconciliationStatus(ctx.db)),

  /** Webhooks that ever came in, by what was done with them; forged ones too. */
  webhooks: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => ({
      counts: Object.fromEntries(await readWebhookCounts(ctx.db)),
    })),

  /** Asks for a run over the whole of the gateway's books; `payments.run` tells how it went. */
  reconcile: procedureFor("operator")
    .input(z.strictObject({ reason }))
    .mutation(
      audited({
        about: (input) => ({ subject: "reconciliation", reason: input.reason }),
        state: (db) => requestedRun(db),
        work: async (ctx) => ({ runId: await requestRun(ctx.db, ctx.ids.next(), actorOf(ctx)) }),
      }),
    ),

  run: procedureFor("viewer")
    .input(z.strictObject({ runId: identifier(100) }))
    .query(async ({ ctx, input }) => (await readRun(ctx.db, input.runId)) ?? null),
});
