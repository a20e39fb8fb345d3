/** Alerts of every kind, who has taken them on, and the health of each part of the system. */
import { acknowledgeAlert, alertState, listAlerts, readHealth } from "@tillstream/eventing";
import { z } from "zod";
import { audited } from "../audited.ts";
import { actorOf } from "../context.ts";
import { nothing, reason } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";

const ALERTS_MAX = 200;

export const alertsRouter = router({
  list: procedureFor("viewer")
    .input(z.strictObject({ limit: z.int().min(1).max(ALERTS_MAX).default(50) }).prefault({}))
    .query(async ({ ctx, input }) => {
      const alerts = await listAlerts(ctx.db, input.limit);
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

  /** The parts of the system, as the checks answered last. */
  health: procedureFor("viewer")
    .input(nothing)
    .query(async ({ ctx }) => {
      const parts = await readHealth(ctx.db);
      return { parts: parts.map((part) => ({ ...part, since: part.since.toISOString() })) };
    }),
});
