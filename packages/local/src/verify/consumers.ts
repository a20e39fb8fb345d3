/** Consumers: what lies behind a checkpoint was processed, each event once. */
import { createSimulatedGateway, localInbox, modules } from "@tillstream/commerce";
import { sagaStarter } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { Invariant } from "./invariant.ts";

const NOWHERE = "http://127.0.0.1:9";

/** Names and event types only: nothing is called. */
function subscriptions(db: Database): { name: string; kind: "projection" | "consumer"; types: string[] }[] {
  const gateway = createSimulatedGateway(NOWHERE);
  const ports = { db, gateway, mailer: localInbox, snapshotEveryAccount: 1 };
  const projections = modules.flatMap((module) => module.projections);
  const consumers = modules.flatMap((module) => [...module.consumers(ports), ...module.sagas(ports).map(sagaStarter)]);
  return [
    ...projections.map(({ name, definitions }) => ({
      name,
      kind: "projection" as const,
      types: definitions.map(({ type }) => type),
    })),
    ...consumers.map(({ name, handlers }) => ({
      name,
      kind: "consumer" as const,
      types: handlers.map(({ definition }) => definition.type),
    })),
  ];
}

export const consumerInvariants: readonly Invariant[] = [
  {
    name: "every event behind a checkpoint is in that consumer's inbox, or parked",
    async check({ db }) {
      const broken: string[] = [];
      let checked = 0;
      for (const { name, kind, types } of subscriptions(db)) {
        const table =
          kind === "projection"
            ? sql`projection_checkpoints WHERE projection`
            : sql`consumer_checkpoints WHERE consumer`;
        const [checkpoint] = await db.query<{ position: number }>(sql`SELECT position FROM ${table} = ${name}`);
        if (checkpoint === undefined) continue;
        const rows = await db.query<{ total: number; missing: string[] | null }>(sql`
          SELECT count(*)::int AS total, array_agg(l.event_id) FILTER (WHERE p.event_id IS NULL AND d.event_id IS NULL) AS missing
          FROM event_log l
          LEFT JOIN processed_events p ON p.consumer = ${name} AND p.event_id = l.event_id
          LEFT JOIN dead_letters d ON d.consumer = ${name} AND d.event_id = l.event_id
          WHERE l.position <= ${checkpoint.position} AND l.type = ANY(${types}::text[])`);
        checked += rows[0]?.total ?? 0;
        broken.push(...(rows[0]?.missing ?? []).map((eventId) => `${name}: ${eventId}`));
      }
      return { checked, broken };
    },
  },
];
