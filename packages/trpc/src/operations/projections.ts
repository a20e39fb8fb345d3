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
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { audited } from "../audited.ts";
import { actorOf } from "../context.ts";
import type { Context } from "../context.ts";
import { identifier, nothing, reason } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";
import { steppingProcedures } from "./stepping.ts";

const name = identifier(100);
/** A rebuild changes nothing that readers see, and callers from before the audit gave no reason. */
const NO_REASON = "no reason was given";

async function lags({ db }: Context, kind: SubscriptionKind) {
  const rows = await subscriptionLags(db, kind);
  const paused = rows.filter(({ status }) => status === "paused").map((row) => row.name);
  const pauses = paused.length === 0 ? [] : await latestPauses(db, kind, paused);
  return rows.map((row) => ({
    ...row,
    updatedAt: row.updatedAt.toISOString(),
    /** By whom and why, while it is paused; null where the audit does not have it. */
    paused: pauses.find(({ subject }) => subject === row.name) ?? null,
  }));
}

async function latestPauses(db: SqlExecutor, kind: SubscriptionKind, names: readonly string[]) {
  const rows = await db.query<{ subject: string; actor: string; reason: string; at: Date }>(sql`
    SELECT DISTINCT ON (subject) subject, actor, reason, at FROM audit
    WHERE action = ${`${kind}s.pause`} AND subject = ANY(${names}::text[]) ORDER BY subject, id DESC`);
  return (await withActorNames(db, rows, ({ actor }) => actor)).map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Progress is the share of what the live projection had processed when the rebuild began. */
function rebuildProgress<Row extends Rebuild>(rebuild: Row) {
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
      .query(async ({ ctx }) =>
        (await withActorNames(ctx.db, await listRebuilds(ctx.db), ({ actor }) => actor)).map(rebuildProgress),
      ),

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
