/** Whether the gateway's books are still compared with the orders. */
import { defineCheck, timeInText } from "@tillstream/eventing";
import type { Check } from "@tillstream/eventing";
import { readEnv, sql } from "@tillstream/runtime";
import { paymentSettings } from "../settings.ts";

/** A run that fails is followed by others: so many intervals without one that did not are too many. */
const INTERVALS = 5;
const SECONDS_MIN = 300;

/** Since the last run that ended well; as often as the settings of this process have it. */
export function reconciliationStale(): Check {
  const { RECONCILE_INTERVAL_MS: intervalMs } = readEnv(paymentSettings);
  return defineCheck({
    name: "reconciliation-stale",
    title: "The gateway's books are not compared with the orders",
    owner: "payments",
    unit: "seconds",
    part: "Reconciliation",
    effect: "Nobody at once; a charge without an order is found later.",
    next: "Read the last run's error; bring the gateway back, or ask for a run.",
    path: "/reconciliation",
    threshold: Math.max(SECONDS_MIN, (INTERVALS * intervalMs) / 1_000),
    follows: ["no-worker", "gateway-errors"],
    look: {
      remedy: () => ({
        procedure: "payments.reconcile",
        input: {},
        label: "Compare now",
        command: "reconcile",
        dryRun: async () => "would compare every capture with its order, and give back what was charged for nothing",
      }),
    },
    readings: sql`
      SELECT '', coalesce(greatest(extract(epoch FROM now() - coalesce(good.finished_at, first.requested_at)), 0), 0)::float8,
             CASE WHEN last.error IS NOT NULL THEN 'the last run failed: ' || left(last.error, 200)
                  WHEN good.finished_at IS NULL THEN 'no run has ended yet'
                  ELSE 'the last run ended ' || ${timeInText(sql`good.finished_at`)} END
      FROM (VALUES (1)) one
      LEFT JOIN LATERAL (SELECT finished_at FROM reconciliation_runs WHERE finished_at IS NOT NULL AND error IS NULL ORDER BY requested_at DESC LIMIT 1) good ON true
      LEFT JOIN LATERAL (SELECT error FROM reconciliation_runs WHERE finished_at IS NOT NULL ORDER BY requested_at DESC LIMIT 1) last ON true
      LEFT JOIN LATERAL (SELECT requested_at FROM reconciliation_runs ORDER BY requested_at LIMIT 1) first ON true`,
  });
}
