/** Projections and consumers: lag, trend; pause, resume, rebuild. */
import {
  listRebuilds,
  projectionTrends,
  readRebuild,
  requestRebuild,
  setSubscriptionStatus,
  subscriptionLags,
  subscriptionStatus,
} from "@tillstream/eventing";
import type { Projection, Rebuild, SubscriptionKind } from "@tillstream/eventing";
import { z } from "zod";
import { audited } from "../audited.ts";
import { actorOf } from "../context.ts";
import type { Context } from "../context.ts";
import { identifier, nothing, reason } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";
import { steppingProcedures } from "./stepping.ts";

const name = identifier(100);
/** A rebuild changes nothing that readers see, and callers from before the audit gave no reason. */
const NO_REASON = "no reason was given";

async function lags(ctx: Context, kind: SubscriptionKind) {
  const rows = await subscriptionLags(ctx.db, kind);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

/** Progress is the share of what the live projection had processed when the rebuild began. */
function rebuildProgress(rebuild: Rebuild) {
  const { startedAgainst, position, status, startedAt, updatedAt, finishedAt } = rebuild;
  const seconds = (updatedAt.getTime() - startedAt.getTime()) / 1_000;
  const share = status === "swapped" || startedAgainst === 0 ? 1 : Math.min(position / startedAgainst, 1);
  return {
    ...rebuild,
    share: status === "swapped" || position > 0 ? share : 0,
    eventsPerSecond: seconds > 0 ? position / seconds : null,
    startedAt: startedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export function projectionsRouter(projections: readonly Projection[]) {
  return router({
    list: procedureFor("viewer")
      .input(nothing)
      .query(({ ctx }) => lags(ctx, "projection")),

    /** Lag over the last minutes, the rate, and when it will have caught up. */
    trends: procedureFor("viewer")
      .input(nothing)
      .query(({ ctx }) => projectionTrends(ctx.db)),

    /** The latest rebuild of each projection, with its progress. */
    rebuilds: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx }) => (await listRebuilds(ctx.db)).map(rebuildProgress)),

    rebuild: procedureFor("operator")
      .input(z.strictObject({ name, reason: reason.default(NO_REASON) }))
      .mutation(
        audited({
          about: (input) => ({ subject: input.name, reason: input.reason }),
          state: (db, input) => readRebuild(db, input.name),
          work: async (ctx, { name: projection }) => ({
            name: projection,
            outcome: await requestRebuild(ctx.db, projections, projection, actorOf(ctx)),
          }),
        }),
      ),
    ...steppingProcedures(projections),
    ...switchable("projection"),
  });
}

export const consumersRouter = router({
  list: procedureFor("viewer")
    .input(nothing)
    .query(({ ctx }) => lags(ctx, "consumer")),
  ...switchable("consumer"),
});

/** Paused, a subscription finishes the batch under way and keeps its place. */
function switchable(kind: SubscriptionKind) {
  const switchTo = (status: "running" | "paused") =>
    procedureFor("operator")
      .input(z.strictObject({ name, reason }))
      .mutation(
        audited({
          about: (input) => ({ subject: input.name, reason: input.reason }),
          state: (db, input) => subscriptionStatus(db, kind, input.name),
          work: (ctx, input) => setSubscriptionStatus(ctx.db, kind, input.name, status),
        }),
      );
  return { pause: switchTo("paused"), resume: switchTo("running") };
}
