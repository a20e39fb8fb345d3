/** The map of the system: what its modules declare, with how much flows and who is late. */
import { eventRates, subscriptionLags } from "@tillstream/eventing";
import type { MapNode, SubscriptionLag, SystemMap } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { nothing } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";

interface RunCount {
  readonly underWay: number;
  /** Halted, until a person decides. */
  readonly halted: number;
}

/** By name and version, from the index of names and statuses. */
async function openRuns(db: SqlExecutor): Promise<ReadonlyMap<string, RunCount>> {
  const rows = await db.query<RunCount & { name: string }>(sql`
    SELECT name || ' v' || definition_version AS name, (count(*) FILTER (WHERE status IN ('running', 'compensating')))::int AS "underWay",
           (count(*) FILTER (WHERE status IN ('failed', 'compensation_failed')))::int AS halted
    FROM sagas WHERE status IN ('running', 'compensating', 'failed', 'compensation_failed') GROUP BY name, definition_version`);
  return new Map(rows.map(({ name, ...count }) => [name, count]));
}

const NO_RUNS: RunCount = { underWay: 0, halted: 0 };

function lagOf({ status, lagSeconds, eventsBehind, heartbeatAgeSeconds, openLetters }: SubscriptionLag) {
  return { status, lagSeconds, eventsBehind, heartbeatAgeSeconds, openLetters };
}

/** @param map what the modules declare */
export function mapRouter({ nodes, edges }: SystemMap) {
  const eventOf = new Map(nodes.flatMap(({ id, kind, name }) => (kind === "event" ? [[id, name] as const] : [])));
  return router({
    /** Rates are of the last minutes, or of less while very much is published. */
    system: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx: { db } }) => {
        const [rates, runs, ...read] = await Promise.all([
          eventRates(db),
          openRuns(db),
          subscriptionLags(db, "projection"),
          subscriptionLags(db, "consumer"),
        ]);
        const lags = new Map(read.flat().map((lag) => [lag.name, lagOf(lag)]));
        const rateOf = (id: string) => {
          const type = eventOf.get(id);
          return type === undefined ? null : (rates.perMinute.get(type) ?? 0);
        };
        const shown = ({ subscription, ...node }: MapNode) => ({
          ...node,
          /** Of an event. */
          perMinute: rateOf(node.id),
          /** Of what reads events; null as well before a worker has run it. */
          lag: (subscription === null ? undefined : lags.get(subscription)) ?? null,
          runs: node.kind === "saga" ? (runs.get(node.name) ?? NO_RUNS) : null,
        });
        return {
          windowSeconds: rates.windowSeconds,
          nodes: nodes.map(shown),
          /** The rate is that of the event: of how many come from one of several sources nobody keeps count. */
          edges: edges.map((edge) => ({ ...edge, perMinute: rateOf(edge.from) ?? rateOf(edge.to) })),
        };
      }),
  });
}
