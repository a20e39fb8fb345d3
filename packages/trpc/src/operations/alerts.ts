/** Alerts of every kind, who has taken them on, and the health of each part of the system. */
import { acknowledgeAlert, alertState, giveBackAlert, listAlerts, readHealth } from "@tillstream/eventing";
import { z } from "zod";
import { audited } from "../audited.ts";
import { actorOf } from "../context.ts";
import { nothing, reason } from "../input.ts";
import { listCursor, placeNumber } from "../list-cursor.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";

const ALERTS_MAX = 200;

/** Of the last alert: open ones come first. */
const pages = listCursor("alerts.list", z.enum(["open", "resolved"]), placeNumber);

export const alertsRouter = router({
  list: procedureFor("viewer")
    .input(
      z
        .strictObject({ cursor: pages.input.optional(), limit: z.int().min(1).max(ALERTS_MAX).default(50) })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit } }) => {
      const after = pages.placeIn({}, cursor);
      const rows = await listAlerts(ctx.db, limit + 1, after && { isResolved: after[0] === "resolved", id: after[1] });
      const alerts = rows.slice(0, limit);
      const last = rows.length > limit ? alerts.at(-1) : undefined;
      const named = await withActorNames(ctx.db, alerts, ({ acknowledgedBy }) => acknowledgedBy);
      return {
        items: named.map(({ acknowledgedAt, acknowledgedBy, acknowledgedReason, actorName, ...alert }) => ({
          ...alert,
          pendingAt: alert.pendingAt.toISOString(),
          firedAt: alert.firedAt?.toISOString() ?? null,
          resolvedAt: alert.resolvedAt?.toISOString() ?? null,
          acknowledged: acknowledgedAt && {
            at: acknowledgedAt.toISOString(),
            by: acknowledgedBy ?? "",
            name: actorName,
            reason: acknowledgedReason ?? "",
          },
        })),
        nextCursor: pages.after({}, last && [last.status === "resolved" ? "resolved" : "open", last.id]),
      };
    }),

  /** Says that somebody looks after it. It goes on firing until it is resolved. */
  acknowledge: procedureFor("operator")
    .input(z.strictObject({ id: z.int().min(1), reason }))
    .mutation(
      audited({
        about: (input) => ({ subject: `alert ${input.id}`, reason: input.reason }),
        state: (db, { id }) => alertState(db, id),
        work: async (ctx, { id, reason: why }) => {
          await acknowledgeAlert(ctx.db, id, { actor: actorOf(ctx), reason: why });
          return { id };
        },
      }),
    ),

  /** Takes back one's own acknowledgement. */
  giveBack: procedureFor("operator")
    .input(z.strictObject({ id: z.int().min(1), reason }))
    .mutation(
      audited({
        about: (input) => ({ subject: `alert ${input.id}`, reason: input.reason }),
        state: (db, { id }) => alertState(db, id),
        work: async (ctx, { id }) => {
          await giveBackAlert(ctx.db, id, actorOf(ctx));
          return { id };
        },
      }),
    ),

  /** The parts of the system, as the checks answered last. */
  health: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => {
      const parts = await readHealth(ctx.db);
      return { parts: parts.map((part) => ({ ...part, since: part.since.toISOString() })) };
    }),
});
